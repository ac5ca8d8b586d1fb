package dev.sluice.frontend.flight;

import arrow.flight.protocol.FlightDescriptor;
import arrow.flight.protocol.SchemaResult;
import arrow.flight.protocol.Ticket;
import com.google.protobuf.ByteString;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.frontend.flight.command.FlightCommand;
import dev.sluice.frontend.flight.command.FlightQueries;
import dev.sluice.frontend.flight.get.Download;
import dev.sluice.frontend.flight.get.SchemaProbe;
import dev.sluice.frontend.flight.wire.FlightMessage;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryLabel;
import dev.sluice.frontend.query.QueryOptions;
import dev.sluice.frontend.query.model.Model;
import dev.sluice.frontend.rpc.CallInfo;
import dev.sluice.frontend.rpc.GrpcOutcomes;
import io.grpc.stub.ServerCallStreamObserver;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;
import reactor.core.publisher.Flux;

/** Asks queries whose results are Arrow streams. */
final class FlightDownloads {

    private static final String JSON = "application/json";

    private final FlightDirectory directory;
    private final FlightQueries queries;
    private final Work work;

    FlightDownloads(FlightDirectory directory, FlightQueries queries, Work work) {
        this.directory = directory;
        this.queries = queries;
        this.work = work;
    }

    /** @throws dev.sluice.common.error.QueryException for what makes no query */
    void begin(Ticket ticket, CallInfo info, ServerCallStreamObserver<FlightMessage> caller) {
        FlightCommand command = FlightCommand.ofTicket(ticket.getTicket().toByteArray());
        Model model = queries.arrowModel(command, info);
        String id = queries.id(command.options(), info);
        Download download = new Download(
                caller, new Download.Subject(model.name(), id, model.method().streaming()), info, work.executor());
        ask(command, model, id, info).subscribe(download);
    }

    /**
     * What is announced is told; what is not is learnt from the query itself, which runs as far as its first rows.
     *
     * @throws dev.sluice.common.error.QueryException for what makes no query
     */
    void schema(FlightDescriptor descriptor, CallInfo info, ServerCallStreamObserver<SchemaResult> caller) {
        FlightCommand command = FlightCommand.of(descriptor);
        Model model = queries.arrowModel(command, info);
        Optional<ByteString> known = directory.schema(model);
        if (known.isPresent()) {
            answer(caller, known.get());
            return;
        }
        if (command.input() == null) {
            throw QueryOptions.invalid("The schema of what " + model.name()
                    + " answers is known once it is asked: send the descriptor as a command with its input, {\"actor\": \""
                    + model.actor().name() + "\", \"input\": {}}, and the query is run for it.");
        }
        String id = queries.id(command.options(), info);
        QueryLabel label = info.label(model.name(), id);
        SchemaProbe probe = new SchemaProbe(
                model.name(),
                head -> answer(caller, FlightDirectory.framed(head)),
                cause -> caller.onError(GrpcOutcomes.exception(label.failure(cause))),
                work.executor());
        caller.setOnCancelHandler(() -> probe.post(probe::relieve));
        ask(command, model, id, info).subscribe(probe);
    }

    private static void answer(ServerCallStreamObserver<SchemaResult> caller, ByteString schema) {
        caller.onNext(SchemaResult.newBuilder().setSchema(schema).build());
        caller.onCompleted();
    }

    private Flux<Answer> ask(FlightCommand command, Model model, String id, CallInfo info) {
        requireArrow(model);
        return queries.ask(
                new FlightQueries.Asked(model, command.options(), id),
                ByteBufAllocator.DEFAULT.buffer().writeBytes(command.body()),
                JSON,
                info);
    }

    /** What is known to answer with anything else is not asked in vain. */
    private static void requireArrow(Model model) {
        MethodDescriptor method = model.method();
        boolean mayAnswerArrow = method.outputType().equals(FlightQueries.ARROW)
                || method.outputType().equals("Content")
                || method.outputType().equals("byte[]")
                || method.tensors().isEmpty() && !method.streaming();
        if (!mayAnswerArrow || method.streaming() && !method.streamsOneBody()) {
            throw QueryOptions.invalid("The method " + model.name() + " gives " + method.outputType()
                    + ", and DoGet is for results that are Arrow streams, as SQL actors give: ask it by DoExchange.");
        }
    }
}
