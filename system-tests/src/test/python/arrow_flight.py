"""pyarrow's Flight client, as people use it, against the demo actors and the model adds (x: FP32[-1,3] -> y: x + 1). Argument: host:port."""

import sys
import threading

import pyarrow as pa
import pyarrow.flight as flight
from checks import check, equal, raises, run

client = flight.connect("grpc://" + sys.argv[1])


def path(*names):
    return flight.FlightDescriptor.for_path(*names)


def exchange(descriptor, batches, options=None):
    writer, reader = client.do_exchange(descriptor, options or flight.FlightCallOptions(timeout=60))

    def write():
        try:
            writer.begin(batches[0].schema)
            for batch in batches:
                writer.write_batch(batch)
            writer.done_writing()
        except (pa.ArrowException, flight.FlightError):
            pass  # the reader is told why

    # Beside the reader: who does not read is asked for no more.
    writing = threading.Thread(target=write)
    writing.start()
    try:
        return [chunk for chunk in reader]
    finally:
        writing.join()


def one(name, values, kind):
    return pa.record_batch({name: pa.array(values, kind)})


@check
def rows_are_queries_and_their_results_rows():
    chunks = exchange(path("vadder"), [one("input", [1, 2, 3], pa.int64()), one("input", [40], pa.int64())])
    equal([chunk.data["output"].to_pylist() for chunk in chunks], [[2, 3, 4], [41]])


@check
def results_tell_the_ids_of_their_queries():
    options = flight.FlightCallOptions(timeout=60, headers=[(b"sluice-id", b"mine"), (b"sluice-slo-ms", b"60000")])
    chunks = exchange(path("vadder"), [one("input", [1], pa.int64())] * 2, options)
    equal([chunk.app_metadata.to_pybytes() for chunk in chunks], [b'{"id":"mine-0"}', b'{"id":"mine-1"}'])


@check
def lists_are_dimensions():
    rows = pa.array([[1, 2, 3], [4, 5, 6]], pa.list_(pa.float32(), 3))
    loose = pa.array([[1, 2, 3], [4, 5, 6]], pa.list_(pa.float32()))
    for array in [rows, loose, rows[1:]]:
        chunks = exchange(path("adds"), [pa.record_batch({"x": array})])
        equal(
            chunks[0].data["y"].to_pylist(),
            [[value + 1 for value in row] for row in array.to_pylist()],
        )


@check
def a_slice_of_a_larger_batch_is_as_good():
    large = one("input", list(range(1000)), pa.int64())
    equal(exchange(path("vadder"), [large.slice(990, 5)])[0].data["output"].to_pylist(), [991, 992, 993, 994, 995])


@check
def json_goes_as_text():
    chunks = exchange(path("noop"), [one("input", ["{}", "1", "[2]"], pa.string())])
    equal(chunks[0].data["output"].to_pylist(), ["null"] * 3)


@check
def an_actor_of_any_body_gets_whatever_arrow_has():
    batch = pa.record_batch(
        {
            "when": pa.array([1, None], pa.timestamp("us")),
            "word": pa.array(["a", "b"]).dictionary_encode(),
            "nested": pa.array([{"a": [1]}, None]),
        }
    )
    chunks = exchange(path("echo"), [batch, batch])
    equal(len(chunks), 2)
    assert chunks[0].data.equals(batch), chunks[0].data


@check
def many_rows_pass():
    batches = [one("n", list(range(i * 10_000, i * 10_000 + 10_000)), pa.int64()) for i in range(100)]
    chunks = exchange(path("echo"), batches)
    equal(sum(chunk.data.num_rows for chunk in chunks), 1_000_000)
    equal(chunks[99].data["n"][9_999].as_py(), 999_999)


@check
def a_batch_without_rows_has_a_result_without_rows():
    equal(exchange(path("vadder"), [one("input", [], pa.int64())])[0].data.num_rows, 0)


@check
def flights_actions_and_schemas_are_there():
    names = {tuple(info.descriptor.path) for info in client.list_flights()}
    assert {(b"vadder",), (b"counter", b"count")} <= names, names
    equal([result.body.to_pybytes() for result in client.do_action("health")], [b'{"ready":true}'])
    equal(client.get_schema(path("vadder")).schema.names, ["output"])
    info = client.get_flight_info(path("vadder"))
    equal(info.schema.field("output").type, pa.int64())
    equal(info.endpoints[0].ticket.ticket, b'{"actor":"vadder"}')


@check
def errors_say_what_is_wrong():
    ints = one("input", [1], pa.int64())
    raises(KeyError, "There is no actor nothing", lambda: client.get_flight_info(path("nothing")))
    raises(pa.ArrowInvalid, "cast it to INT64", lambda: exchange(path("vadder"), [one("input", [1.5], pa.float64())]))
    raises(pa.ArrowInvalid, "has 1 nulls", lambda: exchange(path("vadder"), [one("input", [1, None], pa.int64())]))
    raises(pa.ArrowInvalid, "has no input 'x'", lambda: exchange(path("vadder"), [one("x", [1], pa.int64())]))
    # Whoever knows how long it takes refuses it at once.
    raises(
        (flight.FlightTimedOutError, flight.FlightUnavailableError),
        "",
        lambda: exchange(path("sleeper"), [one("input", ["1"], pa.string())], flight.FlightCallOptions(timeout=0.3)),
    )


run()
