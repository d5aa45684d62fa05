# analytics-job, and Spark's master and workers, which need the same classes:
#   mvn dependency:copy-dependencies -pl analytics-job -DincludeScope=runtime -DoutputDirectory=target/jars
#   docker build -f deploy/images/analytics-job.Dockerfile -t vigie/analytics-job:0.1.0-SNAPSHOT .
FROM eclipse-temurin:25-jre
COPY analytics-job/target/jars /app/jars
COPY analytics-job/target/analytics-job-0.1.0-SNAPSHOT.jar /app/jars/
COPY analytics-job/jvm-options /app/
# Workers start executors from here.
ENV SPARK_HOME=/app SPARK_SCALA_VERSION=2.13
USER 10001
WORKDIR /app
ENTRYPOINT ["java", "-Xmx1g", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "@/app/jvm-options", "-cp", "/app/jars/*"]
CMD ["vigie.analytics.AnalyticsJob"]
