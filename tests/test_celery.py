"""The queue's settings, and that every scheduled task exists."""

import pytest

from journal.schedule import JOBS
from saman import celery

CHUNK_TASKS = ("benefits.tasks.assess_chunk", "benefits.tasks.reconcile_chunk")


def test_without_redis_messages_are_files_in_the_given_folder(tmp_path):
    settings = celery.broker(None, tmp_path / "broker")
    assert settings["broker_url"] == "filesystem://localhost"
    assert settings["broker_transport_options"]["data_folder_in"] == str(tmp_path / "broker")
    assert (tmp_path / "broker").is_dir()


def test_a_frozen_redis_is_an_error_within_seconds(tmp_path):
    options = celery.broker("redis://127.0.0.1:1/0", tmp_path)["broker_transport_options"]
    assert (options["socket_timeout"], options["socket_connect_timeout"], options["max_retries"]) == (1, 1, 0)


def test_no_task_may_run_until_it_is_handed_out_again():
    assert celery.SOFT_LIMIT_SECONDS < celery.HARD_LIMIT_SECONDS < celery.VISIBILITY_SECONDS


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_scheduled_task_exists(job):
    celery.app.loader.import_default_modules()
    assert job.task in celery.app.tasks


def test_chunks_wait_in_a_queue_of_their_own_that_every_worker_takes_from():
    routed = {name: celery.app.amqp.router.route({}, name)["queue"].name for name in CHUNK_TASKS}
    assert routed == dict.fromkeys(CHUNK_TASKS, celery.CHUNKS)
    assert set(celery.app.amqp.queues) == {"celery", celery.CHUNKS}
    assert celery.app.amqp.router.route({}, JOBS[0].task)["queue"].name == "celery"


def test_the_time_a_message_stays_taken_is_the_same_in_all_three_places(tmp_path):
    conf = celery.app.conf
    options = celery.broker("redis://127.0.0.1:1/0", tmp_path)["broker_transport_options"]
    places = (options, conf.result_backend_transport_options, conf)
    assert {place["visibility_timeout"] for place in places} == {celery.VISIBILITY_SECONDS}


def test_a_worker_that_dies_hands_its_task_back():
    conf = celery.app.conf
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.worker_prefetch_multiplier == 1
    assert conf.accept_content == ["json"]
