# auditor with LibreOffice for old Word and WPS files. Build: docker build -t auditor .
# Demo, nothing leaves the container:  docker run --rm --network none auditor
# Own reports:  docker run --rm --network none -v "$PWD:/data" auditor audit /data/送审 --out /data/备忘录
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN pip install --no-cache-dir --require-hashes --requirement requirements.lock && python -m scripts.bundle --only-wheels

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /src/dist/auditor-offline-linux /bundle
RUN sh /bundle/install.sh /opt/auditor && useradd --create-home auditor
USER auditor
WORKDIR /data
ENTRYPOINT ["/opt/auditor/bin/auditor"]
CMD ["audit", "/bundle/examples", "--llm", "replay"]
