"""tritonclient over gRPC, as people use it, against the model adds (x: FP32[-1,3] -> y: x + 1) and a closed gate. Argument: host:port for gRPC."""

import queue
import sys

import grpc
import numpy as np
import tritonclient.grpc as triton
from checks import check, equal, raises, rows, run
from tritonclient.grpc import service_pb2, service_pb2_grpc
from tritonclient.utils import InferenceServerException, triton_to_np_dtype

URL = sys.argv[1]
client = triton.InferenceServerClient(URL)


def tensor(values):
    x = triton.InferInput("x", values.shape, "FP32")
    x.set_data_from_numpy(values)
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
    equal(client.get_server_metadata().name, "sluice")
    metadata = client.get_model_metadata("adds")
    equal([(x.name, x.datatype, list(x.shape)) for x in metadata.inputs], [("x", "FP32", [-1, 3])])
    equal([(y.name, y.datatype, list(y.shape)) for y in metadata.outputs], [("y", "FP32", [-1, 3])])
    config = client.get_model_config("adds").config
    equal((config.input[0].name, list(config.input[0].dims)), ("x", [3]))
    assert config.max_batch_size > 0
    names = {model.name for model in client.get_model_repository_index().models}
    assert {"adds", "vadder"} <= names


@check
def infer_takes_and_gives_raw_contents():
    result = client.infer("adds", tensor(rows(2)))
    equal(result.as_numpy("y"), rows(2) + 1)
    response = result.get_response()
    equal((response.model_name, response.model_version), ("adds", "1"))
    equal(len(response.raw_output_contents), 1)


@check
def infer_repeats_the_id_and_takes_all_options():
    result = client.infer(
        "adds",
        tensor(rows(1)),
        model_version="1",
        outputs=[triton.InferRequestedOutput("y")],
        request_id="an id of mine",
        priority=1,
        timeout=60_000_000,
        client_timeout=90,
        headers={"sluice-tenant": "acme"},
        compression_algorithm="gzip",
        parameters={"mine": 4},
    )
    equal(result.get_response().id, "an id of mine")
    equal(result.as_numpy("y"), rows(1) + 1)


@check
def infer_takes_no_rows_at_all_and_many():
    for count in [0, 10_000, 2_000_000]:
        equal(client.infer("adds", tensor(rows(count))).as_numpy("y"), rows(count) + 1)


@check
def infer_takes_typed_contents():
    stub = service_pb2_grpc.GRPCInferenceServiceStub(grpc.insecure_channel(URL))
    request = service_pb2.ModelInferRequest(model_name="adds")
    x = request.inputs.add(name="x", datatype="FP32", shape=[1, 3])
    x.contents.fp32_contents.extend([1, 2, 3])
    response = stub.ModelInfer(request)
    equal(np.frombuffer(response.raw_output_contents[0], dtype=np.float32).tolist(), [2.0, 3.0, 4.0])


@check
def many_requests_at_once_each_get_their_own_answer():
    results = queue.Queue()
    for n in range(40):
        client.async_infer(
            "adds",
            tensor(rows(3) + n),
            lambda result, error, n=n: results.put((n, result, error)),
            request_id=str(n),
        )
    for _ in range(40):
        n, result, error = results.get(timeout=120)
        equal(error, None)
        equal(result.get_response().id, str(n))
        equal(result.as_numpy("y"), rows(3) + n + 1)


@check
def a_stream_answers_each_request_with_its_id():
    results = queue.Queue()
    client.start_stream(lambda result, error: results.put((result, error)))
    for n in range(200):
        client.async_stream_infer("adds", tensor(rows(1) + n), request_id=str(n))
    seen = set()
    for _ in range(200):
        result, error = results.get(timeout=120)
        equal(error, None)
        n = int(result.get_response().id)
        equal(result.as_numpy("y"), rows(1) + n + 1)
        seen.add(n)
    equal(seen, set(range(200)))
    client.stop_stream()


@check
def a_stream_tells_of_errors_and_goes_on():
    results = queue.Queue()
    client.start_stream(lambda result, error: results.put((result, error)))
    client.async_stream_infer("nothing", tensor(rows(1)), request_id="bad")
    result, error = results.get(timeout=120)
    assert "There is no actor nothing" in str(error), error
    client.async_stream_infer("adds", tensor(rows(1)), enable_empty_final_response=True)
    result, error = results.get(timeout=120)
    equal(error, None)
    equal(result.get_response().parameters["triton_final_response"].bool_param, False)
    result, error = results.get(timeout=120)
    equal(result.get_response().parameters["triton_final_response"].bool_param, True)
    client.stop_stream()


@check
def errors_say_what_is_wrong():
    error = raises(InferenceServerException, "There is no actor nothing", lambda: client.infer("nothing", tensor(rows(1))))
    equal(error.status(), "StatusCode.NOT_FOUND")
    error = raises(InferenceServerException, "", lambda: client.infer("adds", tensor(rows(1)[:, :2].copy())))
    equal(error.status(), "StatusCode.INVALID_ARGUMENT")
    outputs = [triton.InferRequestedOutput("z")]
    error = raises(InferenceServerException, "no output", lambda: client.infer("adds", tensor(rows(1)), outputs=outputs))
    equal(error.status(), "StatusCode.INVALID_ARGUMENT")


@check
def a_deadline_ends_a_call():
    # Long enough that both ends know of it: one of a microsecond the client may not have noticed to be over when the server says so.
    kind = client.get_model_metadata("gate").inputs[0].datatype
    one = triton.InferInput("input", [1], kind)
    one.set_data_from_numpy(np.array([1], dtype=triton_to_np_dtype(kind)))
    error = raises(InferenceServerException, "", lambda: client.infer("gate", [one], client_timeout=2))
    equal(error.status(), "StatusCode.DEADLINE_EXCEEDED")
    error = raises(InferenceServerException, "", lambda: client.infer("adds", tensor(rows(1)), timeout=1))
    assert error.status() in ("StatusCode.DEADLINE_EXCEEDED", "StatusCode.UNAVAILABLE"), error.status()


@check
def a_call_can_be_cancelled():
    results = queue.Queue()
    call = client.async_infer("adds", tensor(rows(1)), lambda result, error: results.put((result, error)))
    call.cancel()
    result, error = results.get(timeout=120)
    assert result is not None or "CANCELLED" in str(error), error


@check
def statistics_count_what_was_asked():
    before = client.get_inference_statistics("adds").model_stats[0]
    client.infer("adds", tensor(rows(1)))
    after = client.get_inference_statistics("adds", "1").model_stats[0]
    equal(after.inference_count, before.inference_count + 1)
    assert after.inference_stats.success.ns > before.inference_stats.success.ns


@check
def models_that_are_there_can_be_loaded_and_none_unloaded():
    client.load_model("adds")
    raises(InferenceServerException, "There is no actor nothing", lambda: client.load_model("nothing"))
    raises(InferenceServerException, "control API", lambda: client.unload_model("adds"))


@check
def what_there_is_not_is_unimplemented():
    raises(InferenceServerException, "UNIMPLEMENTED", client.get_system_shared_memory_status)


run()
