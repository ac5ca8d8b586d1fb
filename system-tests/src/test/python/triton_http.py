"""tritonclient over HTTP, as people use it, against the model adds (x: FP32[-1,3] -> y: x + 1). Argument: host:port of a frontend."""

import asyncio
import sys

import tritonclient.http as http
import tritonclient.http.aio as aio
from checks import check, equal, raises, rows, run
from tritonclient.utils import InferenceServerException

URL = sys.argv[1]
client = http.InferenceServerClient(URL, concurrency=4)


def tensor(values, binary=True):
    x = http.InferInput("x", values.shape, "FP32")
    x.set_data_from_numpy(values, binary_data=binary)
    return [x]


@check
def the_server_is_live_and_ready():
    equal(client.is_server_live(), True)
    equal(client.is_server_ready(), True)
    equal(client.is_model_ready("adds"), True)
    equal(client.is_model_ready("adds", "1"), True)
    equal(client.is_model_ready("nothing"), False)


@check
def the_server_and_its_models_describe_themselves():
    equal(client.get_server_metadata()["name"], "sluice")
    metadata = client.get_model_metadata("adds")
    equal(metadata["inputs"], [{"name": "x", "datatype": "FP32", "shape": [-1, 3]}])
    equal(metadata["outputs"], [{"name": "y", "datatype": "FP32", "shape": [-1, 3]}])
    config = client.get_model_config("adds")
    equal(config["input"], [{"name": "x", "data_type": "TYPE_FP32", "dims": [3]}])
    assert config["max_batch_size"] > 0
    assert {"adds", "vadder"} <= {model["name"] for model in client.get_model_repository_index()}


@check
def infer_is_binary_by_default():
    result = client.infer("adds", tensor(rows(2)))
    equal(result.as_numpy("y"), rows(2) + 1)
    assert result.get_output("y")["parameters"]["binary_data_size"] == 24
    equal(result.get_response()["model_name"], "adds")
    equal(result.get_response()["model_version"], "1")


@check
def infer_takes_and_gives_json_where_it_is_asked_to():
    outputs = [http.InferRequestedOutput("y", binary_data=False)]
    result = client.infer("adds", tensor(rows(2), binary=False), outputs=outputs)
    equal(result.as_numpy("y"), rows(2) + 1)
    assert "data" in result.get_output("y")


@check
def infer_mixes_binary_and_json():
    json_out = [http.InferRequestedOutput("y", binary_data=False)]
    equal(client.infer("adds", tensor(rows(1)), outputs=json_out).as_numpy("y"), rows(1) + 1)
    equal(client.infer("adds", tensor(rows(1), binary=False)).as_numpy("y"), rows(1) + 1)


@check
def infer_takes_compressed_requests():
    for packed in ["gzip", "deflate"]:
        for unpacked in [None, "gzip", "deflate"]:
            result = client.infer(
                "adds",
                tensor(rows(50)),
                request_compression_algorithm=packed,
                response_compression_algorithm=unpacked,
            )
            equal(result.as_numpy("y"), rows(50) + 1)


@check
def infer_repeats_the_id_and_takes_all_options():
    result = client.infer(
        "adds",
        tensor(rows(1)),
        model_version="1",
        request_id="an id of mine",
        priority=1,
        timeout=60_000_000,
        parameters={"mine": 4},
    )
    equal(result.get_response()["id"], "an id of mine")
    equal(result.as_numpy("y"), rows(1) + 1)


@check
def infer_takes_no_rows_at_all():
    equal(client.infer("adds", tensor(rows(0))).as_numpy("y"), rows(0))


@check
def infer_takes_many_rows():
    equal(client.infer("adds", tensor(rows(10_000))).as_numpy("y"), rows(10_000) + 1)


@check
def many_requests_at_once_each_get_their_own_answer():
    sent = [(n, client.async_infer("adds", tensor(rows(3) + n), request_id=str(n))) for n in range(40)]
    for n, request in sent:
        result = request.get_result()
        equal(result.get_response()["id"], str(n))
        equal(result.as_numpy("y"), rows(3) + n + 1)


@check
def the_asynchronous_client_works_too():
    async def ask():
        async with aio.InferenceServerClient(URL) as other:
            equal(await other.is_server_ready(), True)
            results = await asyncio.gather(*[other.infer("adds", tensor(rows(2) + n)) for n in range(20)])
            for n, result in enumerate(results):
                equal(result.as_numpy("y"), rows(2) + n + 1)

    asyncio.run(ask())


@check
def errors_say_what_is_wrong():
    wrong_shape = http.InferInput("x", [1, 2], "FP32")
    wrong_shape.set_data_from_numpy(rows(1)[:, :2].copy())
    error = raises(InferenceServerException, "", lambda: client.infer("adds", [wrong_shape]))
    equal(error.status(), "400")
    error = raises(InferenceServerException, "There is no actor nothing", lambda: client.infer("nothing", tensor(rows(1))))
    equal(error.status(), "404")
    outputs = [http.InferRequestedOutput("z")]
    error = raises(InferenceServerException, "no output", lambda: client.infer("adds", tensor(rows(1)), outputs=outputs))
    equal(error.status(), "400")
    raises(InferenceServerException, "no sequences", lambda: client.infer("adds", tensor(rows(1)), sequence_id=3))


@check
def a_timeout_that_cannot_be_met_is_an_error():
    error = raises(InferenceServerException, "", lambda: client.infer("adds", tensor(rows(1)), timeout=1))
    assert error.status() in ("503", "504"), error


@check
def statistics_count_what_was_asked():
    before = client.get_inference_statistics("adds")["model_stats"][0]
    client.infer("adds", tensor(rows(1)))
    after = client.get_inference_statistics("adds", "1")["model_stats"][0]
    equal(after["inference_count"], before["inference_count"] + 1)
    assert after["inference_stats"]["success"]["ns"] > before["inference_stats"]["success"]["ns"]
    assert "vadder" in {stats["name"] for stats in client.get_inference_statistics()["model_stats"]}


@check
def models_that_are_there_can_be_loaded_and_none_unloaded():
    client.load_model("adds")
    raises(InferenceServerException, "There is no actor nothing", lambda: client.load_model("nothing"))
    raises(InferenceServerException, "control API", lambda: client.unload_model("adds"))


@check
def a_body_of_bytes_alone_is_the_only_input():
    import requests

    values = rows(2)
    answer = requests.post(
        f"http://{URL}/v2/models/adds/infer",
        data=values.tobytes(),
        headers={"Inference-Header-Content-Length": "0"},
        timeout=30,
    )
    length = int(answer.headers["Inference-Header-Content-Length"])
    equal(answer.content[length:], (values + 1).tobytes())


run()
