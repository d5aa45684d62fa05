# A service on the JVM, as `mvn package` has left it:
#   docker build -f deploy/images/service.Dockerfile --build-arg SERVICE=ingest-service -t vigie/ingest-service:0.1.0-SNAPSHOT .
FROM eclipse-temurin:25-jre
ARG SERVICE
COPY ${SERVICE}/target/quarkus-app /app
USER 10001
WORKDIR /app
ENTRYPOINT ["java", "-Xmx256m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseCompactObjectHeaders", "-jar", "quarkus-run.jar"]
