# The operators' commands. `deploy/images/contexts` makes the context:
#   docker build -f deploy/images/tools.Dockerfile -t vigie/tools:0.1.0-SNAPSHOT .vigie/images/tools
FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.vendor="Vigie" org.opencontainers.image.version="0.1.0-SNAPSHOT" org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 vigie && useradd --uid 10001 --gid vigie --no-create-home --home-dir /app --shell /usr/sbin/nologin vigie \
 && install -d -o vigie -g vigie -m 700 /issuer && install -d -o vigie -g vigie /keys
COPY jars /app/jars
COPY config /app/config
COPY vigie-tools /app/
COPY LICENSE.txt /app/
VOLUME ["/issuer", "/keys"]
USER vigie
WORKDIR /app
ENTRYPOINT ["/app/vigie-tools"]
CMD ["--help"]
