# A service on the JVM. Its context is the folder that `deploy/images/contexts` makes for it:
#   docker build -f deploy/images/service.Dockerfile -t vigie/ingest-service:0.1.0-SNAPSHOT .vigie/images/ingest-service
FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.vendor="Vigie" org.opencontainers.image.version="0.1.0-SNAPSHOT" org.opencontainers.image.licenses="Apache-2.0"
# A name for the user: Hadoop's client refuses a process whose user has none.
RUN groupadd --gid 10001 vigie && useradd --uid 10001 --gid vigie --no-create-home --home-dir /app --shell /usr/sbin/nologin vigie
COPY LICENSE.txt THIRD-PARTY.txt /app/
COPY quarkus-app/lib /app/lib
COPY quarkus-app/quarkus /app/quarkus
COPY quarkus-app/app /app/app
COPY quarkus-app/quarkus-app-dependencies.txt quarkus-app/quarkus-run.jar /app/
USER vigie
WORKDIR /app
# The heap is a share of the container's limit; JDK_JAVA_OPTIONS comes before these options.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=40", "-XX:+UseSerialGC", "-XX:MetaspaceSize=256m", "-XX:+ExitOnOutOfMemoryError", "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseCompactObjectHeaders", "-jar", "quarkus-run.jar"]
