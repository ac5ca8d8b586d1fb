"""KServe's client over REST and gRPC, against the model adds (x: FP32[-1,3] -> y: x + 1). Arguments: host:port of HTTP, host:port of gRPC."""

import asyncio
import sys

from checks import check, equal, rows, run
from kserve import InferenceGRPCClient, InferenceRESTClient, InferInput, InferRequest
from kserve.inference_client import RESTConfig

URL = f"http://{sys.argv[1]}"


def request(binary):
    x = InferInput(name="x", shape=[2, 3], datatype="FP32")
    x.set_data_from_numpy(rows(2), binary_data=binary)
    return InferRequest(model_name="adds", infer_inputs=[x], request_id="mine")


async def rest(ask):
    async with InferenceRESTClient(RESTConfig(protocol="v2")) as client:
        return await ask(client)


@check
def rest_says_what_is_ready():
    equal(asyncio.run(rest(lambda client: client.is_server_live(URL))), True)
    equal(asyncio.run(rest(lambda client: client.is_server_ready(URL))), True)
    equal(asyncio.run(rest(lambda client: client.is_model_ready(URL, "adds"))), True)
    equal(asyncio.run(rest(lambda client: client.is_model_ready(URL, "nothing"))), False)


@check
def rest_infers_with_json_and_with_binary_data():
    for binary in [False, True]:
        response = asyncio.run(rest(lambda client: client.infer(URL, request(binary), model_name="adds")))
        equal(response.outputs[0].as_numpy(), rows(2) + 1)
        equal(response.id, "mine")


if len(sys.argv) > 2:

    async def grpc(ask):
        client = InferenceGRPCClient(sys.argv[2])
        try:
            return await ask(client)
        finally:
            await client.close()

    @check
    def grpc_says_what_is_ready():
        equal(asyncio.run(grpc(lambda client: client.is_server_live())), True)
        equal(asyncio.run(grpc(lambda client: client.is_server_ready())), True)
        equal(asyncio.run(grpc(lambda client: client.is_model_ready("adds"))), True)

    @check
    def grpc_infers_with_and_without_raw_contents():
        for binary in [False, True]:
            response = asyncio.run(grpc(lambda client: client.infer(request(binary))))
            equal(response.outputs[0].as_numpy(), rows(2) + 1)
            equal(response.id, "mine")


run()
