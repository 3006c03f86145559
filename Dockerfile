# The one image: `cml` and what it calls (git, librsvg, a font), as a user without privileges.
#
#   ./build.sh publish && docker build -t cml .
#   docker run --rm -v "$PWD:/work" cml report --metrics metrics.json
#
# The binary is built outside. BASE may be any Debian or Ubuntu; what it lacks is installed.
ARG BASE=debian:bookworm-slim
FROM ${BASE}

RUN set -eu; \
    missing=""; \
    for package in ca-certificates fonts-dejavu-core git librsvg2-2 libstdc++6 openssl; do \
        dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"; \
    done; \
    if [ -n "$missing" ]; then \
        apt-get update; \
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; \
        rm -rf /var/lib/apt/lists/*; \
    fi; \
    useradd --uid 10001 --user-group --create-home --shell /usr/sbin/nologin cml; \
    # A mounted repository belongs to whoever made it; in here there is nobody it could harm.
    git config --system --add safe.directory '*'; \
    mkdir /work; \
    chown cml:cml /work

ARG BINARY=dist/cml
COPY ${BINARY} /usr/local/bin/cml
# Every name that CML ever had.
RUN for name in cml-publish cml-send-comment cml-send-github-check cml-pr cml-runner cml-tensorboard-dev; do \
        ln -s cml "/usr/local/bin/$name" || exit 1; \
    done

ARG VERSION=
ARG REVISION=
LABEL org.opencontainers.image.title="cml" \
      org.opencontainers.image.description="Runs machine-learning workflows, reports on models, publishes to pull requests" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

USER 10001:10001
WORKDIR /work
ENTRYPOINT ["cml"]
CMD ["--help"]
