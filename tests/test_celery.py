"""The queue's settings, and that every scheduled task exists."""

import pytest

from saman import celery


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


@pytest.mark.parametrize("name", celery.SCHEDULE)
def test_every_scheduled_task_exists(name):
    celery.app.loader.import_default_modules()
    assert celery.SCHEDULE[name]["task"] in celery.app.tasks


def test_a_worker_that_dies_hands_its_task_back():
    conf = celery.app.conf
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.worker_prefetch_multiplier == 1
    assert conf.accept_content == ["json"]
