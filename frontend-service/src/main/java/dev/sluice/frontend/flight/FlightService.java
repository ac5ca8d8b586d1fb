package dev.sluice.frontend.flight;

import arrow.flight.protocol.Action;
import arrow.flight.protocol.ActionType;
import arrow.flight.protocol.Criteria;
import arrow.flight.protocol.FlightDescriptor;
import arrow.flight.protocol.FlightInfo;
import arrow.flight.protocol.FlightServiceGrpc;
import arrow.flight.protocol.PutResult;
import arrow.flight.protocol.Result;
import arrow.flight.protocol.SchemaResult;
import arrow.flight.protocol.Ticket;
import dev.sluice.frontend.flight.command.FlightQueries;
import dev.sluice.frontend.flight.exchange.Exchange;
import dev.sluice.frontend.flight.exchange.ExchangeInput;
import dev.sluice.frontend.flight.wire.FlightMessage;
import dev.sluice.frontend.query.QueryOptions;
import dev.sluice.frontend.rpc.CallInfo;
import dev.sluice.frontend.rpc.GrpcOutcomes;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Supplier;

/** The methods of the protocol. Nothing in them waits. */
final class FlightService {

    private final FlightDirectory directory;
    private final FlightDownloads downloads;
    private final FlightQueries queries;
    private final Work work;

    FlightService(FlightDirectory directory, FlightDownloads downloads, FlightQueries queries, Work work) {
        this.directory = directory;
        this.downloads = downloads;
        this.queries = queries;
        this.work = work;
    }

    ServerServiceDefinition definition() {
        return ServerServiceDefinition.builder(FlightServiceGrpc.SERVICE_NAME)
                .addMethod(FlightMethods.DO_EXCHANGE, ServerCalls.asyncBidiStreamingCall(this::exchange))
                .addMethod(FlightMethods.DO_GET, ServerCalls.asyncServerStreamingCall(this::get))
                .addMethod(FlightMethods.DO_PUT, ServerCalls.asyncBidiStreamingCall(this::put))
                .addMethod(FlightServiceGrpc.getGetFlightInfoMethod(), ServerCalls.asyncUnaryCall(this::info))
                .addMethod(FlightServiceGrpc.getGetSchemaMethod(), ServerCalls.asyncUnaryCall(this::schema))
                .addMethod(
                        FlightServiceGrpc.getListFlightsMethod(), ServerCalls.asyncServerStreamingCall(this::flights))
                .addMethod(
                        FlightServiceGrpc.getListActionsMethod(),
                        ServerCalls.asyncServerStreamingCall((request, caller) -> actions(caller)))
                .addMethod(FlightServiceGrpc.getDoActionMethod(), ServerCalls.asyncServerStreamingCall(this::act))
                .build();
    }

    private StreamObserver<FlightMessage> exchange(StreamObserver<FlightMessage> caller) {
        CallInfo info = CallInfo.current();
        return new Exchange(
                (ServerCallStreamObserver<FlightMessage>) caller,
                new ExchangeInput(queries, info),
                info,
                work.drain(),
                work.executor());
    }

    private void get(Ticket ticket, StreamObserver<FlightMessage> caller) {
        try {
            downloads.begin(ticket, CallInfo.current(), (ServerCallStreamObserver<FlightMessage>) caller);
        } catch (RuntimeException e) {
            caller.onError(GrpcOutcomes.exception(queries.refused(e)));
        }
    }

    private StreamObserver<FlightMessage> put(StreamObserver<PutResult> caller) {
        caller.onError(GrpcOutcomes.exception(queries.refused(QueryOptions.invalid(
                "Nothing is stored here: to have a method work on record batches use DoExchange."))));
        return new StreamObserver<>() {
            @Override
            public void onNext(FlightMessage message) {
                message.release();
            }

            @Override
            public void onError(Throwable cause) {}

            @Override
            public void onCompleted() {}
        };
    }

    private void info(FlightDescriptor descriptor, StreamObserver<FlightInfo> caller) {
        CallInfo info = CallInfo.current();
        answer(caller, () -> List.of(directory.info(descriptor, info)));
    }

    private void flights(Criteria criteria, StreamObserver<FlightInfo> caller) {
        answer(caller, () -> directory.all(criteria));
    }

    private void schema(FlightDescriptor descriptor, StreamObserver<SchemaResult> caller) {
        try {
            downloads.schema(descriptor, CallInfo.current(), (ServerCallStreamObserver<SchemaResult>) caller);
        } catch (RuntimeException e) {
            caller.onError(GrpcOutcomes.exception(queries.refused(e)));
        }
    }

    private void actions(StreamObserver<ActionType> caller) {
        answer(caller, FlightActions::types);
    }

    private void act(Action action, StreamObserver<Result> caller) {
        answer(caller, () -> new FlightActions(directory).act(action));
    }

    private <A> void answer(StreamObserver<A> caller, Supplier<List<A>> answers) {
        List<A> messages;
        try {
            messages = answers.get();
        } catch (RuntimeException e) {
            caller.onError(GrpcOutcomes.exception(queries.refused(e)));
            return;
        }
        messages.forEach(caller::onNext);
        caller.onCompleted();
    }
}
