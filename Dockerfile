# The command line in a small image that needs no network and no rights:
#   docker build -t gonogo .
#   docker run --rm --network none --read-only -v "$PWD:/data:ro" gonogo check release.yaml
ARG BASE=python:3.13-slim@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b

FROM ${BASE} AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY src src
COPY policies policies
RUN python3 -m venv --without-pip /opt/gonogo \
 && python3 -m pip --python /opt/gonogo/bin/python install --no-cache-dir '.[sign,calendar]'

FROM ${BASE}
COPY --from=build /opt/gonogo /opt/gonogo
ENV PATH=/opt/gonogo/bin:$PATH PYTHONDONTWRITEBYTECODE=1
USER 65532:65532
WORKDIR /data
ENTRYPOINT ["gonogo"]
