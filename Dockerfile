# The images of the three services: docker build --target frontend (or router, host) .
# Without mounts and here-documents, so that the builder of Compose 1.29 understands it too.

# The build. Everything is fetched before any source is there, so a change of code fetches nothing again.
FROM eclipse-temurin:25-jdk AS build
RUN echo 'Acquire::Retries "5";' >/etc/apt/apt.conf.d/retries \
 && apt-get -qq update \
 && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends maven >/dev/null \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY common/pom.xml common/
COPY scheduling/pom.xml scheduling/
COPY protocol/pom.xml protocol/
COPY replica-sdk/pom.xml replica-sdk/
COPY frontend-service/pom.xml frontend-service/
COPY client/pom.xml client/
COPY router-service/pom.xml router-service/
COPY replica-service/pom.xml replica-service/
COPY examples/pom.xml examples/
COPY examples/actors/pom.xml examples/actors/
COPY examples/boot-host/pom.xml examples/boot-host/
COPY cli/pom.xml cli/
COPY benchmarks/pom.xml benchmarks/
COPY system-tests/pom.xml system-tests/
COPY deploy/image/build deploy/image/
# The starter of a registry's client that goes into all services, as docs/discovery.md says; none usually.
ARG DISCOVERY=
RUN deploy/image/build fetch
COPY . .
RUN deploy/image/build

# What all images share. A service lies in /app/NAME, and its AOT cache is good for this folder only.
FROM eclipse-temurin:25-jre AS base
COPY deploy/image/start deploy/image/health deploy/image/show deploy/image/jvm.options deploy/image/java.security /app/bin/
RUN mkdir -p /actors /run/sluice /data && chown 10001:10001 /run/sluice /data
ENV SLUICE_SECRET_FILE=/run/sluice/cluster-secret \
    SERVER_ADDRESS=0.0.0.0 \
    MANAGEMENT_SERVER_ADDRESS=0.0.0.0 \
    MANAGEMENT_SERVER_PORT=9100 \
    LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs
USER 10001:10001
EXPOSE 9100
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=3 CMD ["/app/bin/health"]
ENTRYPOINT ["/app/bin/start"]

# Runs all three together under some calls, so that the JVM remembers which classes it loaded and how they were used.
FROM base AS training
USER root
COPY --from=build /out/ /app/
COPY deploy/image/train /app/bin/
RUN /app/bin/train

FROM base AS frontend
ENV SLUICE_SERVICE=frontend
EXPOSE 8080 8001 8815 5555
COPY --from=build /out/frontend/lib/ /app/frontend/lib/
COPY --from=build /out/frontend/*.jar /app/frontend/
COPY --from=training /app/frontend/app.aot /app/frontend/
RUN ["/app/bin/start", "--check"]

FROM base AS router
ENV SLUICE_SERVICE=router \
    SLUICE_FLEET_DIR=/data/fleet
EXPOSE 7000
COPY --from=build /out/router/lib/ /app/router/lib/
COPY --from=build /out/router/*.jar /app/router/
COPY --from=training /app/router/app.aot /app/router/
COPY --from=build /out/cli/ /app/cli/
COPY deploy/image/sluice /usr/local/bin/
RUN ["/app/bin/start", "--check"]
# What operators want of actors: of each container its own, and there again after its restart.
VOLUME /data

# The stock host. Jars of actors are mounted at /actors; while there are none it runs the examples.
FROM base AS host
# Nobody calls a host: what it serves beside its management port stays on its own loopback.
ENV SLUICE_SERVICE=host \
    SERVER_ADDRESS=127.0.0.1
COPY --from=build /out/examples/ /app/examples/
COPY --from=build /out/host/lib/ /app/host/lib/
COPY --from=build /out/host/*.jar /app/host/
COPY --from=training /app/host/app.aot /app/host/
RUN ["/app/bin/start", "--check"]
