# A service as a native program, as `mvn package -Dnative` has left it:
#   docker build -f deploy/images/service.native.Dockerfile --build-arg SERVICE=ingest-service -t vigie/ingest-service:0.1.0-SNAPSHOT .
FROM quay.io/quarkus/ubi9-quarkus-micro-image:2.0
ARG SERVICE
COPY ${SERVICE}/target/*-runner /app/service
USER 10001
WORKDIR /app
ENTRYPOINT ["/app/service", "-Xmx64m", "-XX:+ExitOnOutOfMemoryError"]
