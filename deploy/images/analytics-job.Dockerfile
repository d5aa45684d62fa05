# analytics-job, and Spark's master and workers, which need the same classes. `deploy/images/contexts` makes the context:
#   docker build -f deploy/images/analytics-job.Dockerfile -t vigie/analytics-job:0.1.0-SNAPSHOT .vigie/images/analytics-job
FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.vendor="Vigie" org.opencontainers.image.version="0.1.0-SNAPSHOT" org.opencontainers.image.licenses="Apache-2.0"
# A name for the user: Hadoop's client and Spark refuse a process whose user has none. /scratch is for Spark's own files.
RUN groupadd --gid 10001 vigie && useradd --uid 10001 --gid vigie --no-create-home --home-dir /app --shell /usr/sbin/nologin vigie \
 && install -d -o vigie -g vigie /scratch
COPY jars /app/jars
COPY LICENSE.txt THIRD-PARTY.txt jvm-options /app/
# Workers start executors from here.
ENV SPARK_HOME=/app SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_DIRS=/scratch
VOLUME /scratch
USER vigie
WORKDIR /app
# The heap is a share of the container's limit; JDK_JAVA_OPTIONS comes before these options.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+UseSerialGC", "-XX:MetaspaceSize=256m", "-XX:+ExitOnOutOfMemoryError", "@/app/jvm-options", "-cp", "/app/jars/*"]
CMD ["vigie.analytics.AnalyticsJob"]
