package dev.sluice.frontend.flight;

import arrow.flight.protocol.Criteria;
import arrow.flight.protocol.FlightDescriptor;
import arrow.flight.protocol.FlightDescriptor.DescriptorType;
import arrow.flight.protocol.FlightEndpoint;
import arrow.flight.protocol.FlightInfo;
import arrow.flight.protocol.Ticket;
import com.google.protobuf.ByteString;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.flight.command.FlightCommand;
import dev.sluice.frontend.flight.command.FlightQueries;
import dev.sluice.frontend.flight.exchange.OutputSchema;
import dev.sluice.frontend.flight.ipc.IpcStreamWriter;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.model.Model;
import dev.sluice.frontend.query.model.Models;
import dev.sluice.frontend.rpc.CallInfo;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.Optional;

/** What this server says of itself and its actors: each method is a flight. */
final class FlightDirectory {

    private final Gateway gateway;
    private final FlightQueries queries;
    private final FrontendDrain drain;

    FlightDirectory(Gateway gateway, FlightQueries queries, FrontendDrain drain) {
        this.gateway = gateway;
        this.queries = queries;
        this.drain = drain;
    }

    boolean isReady() {
        return gateway.ready() && !drain.isDraining();
    }

    /** All that the caller may ask whom the current thread serves. */
    List<Model> models() {
        return new Models(gateway, CallInfo.current().caller()).all();
    }

    /** @throws dev.sluice.common.error.QueryException for what names no method */
    FlightInfo info(FlightDescriptor descriptor, CallInfo info) {
        FlightCommand command = FlightCommand.of(descriptor);
        return info(descriptor, command, queries.arrowModel(command, info));
    }

    /** Of all methods of the actors whose names begin so. */
    List<FlightInfo> all(Criteria criteria) {
        String beginning = criteria.getExpression().toStringUtf8();
        return models().stream()
                .filter(model -> model.actor().name().startsWith(beginning))
                .map(FlightDirectory::info)
                .toList();
    }

    private static FlightInfo info(Model model) {
        FlightDescriptor.Builder path = FlightDescriptor.newBuilder()
                .setType(DescriptorType.PATH)
                .addPath(model.actor().name());
        if (!model.method().name().equals(MethodDescriptor.DEFAULT_NAME)) {
            path.addPath(model.method().name());
        }
        FlightDescriptor descriptor = path.build();
        return info(descriptor, FlightCommand.of(descriptor), model);
    }

    private static FlightInfo info(FlightDescriptor descriptor, FlightCommand command, Model model) {
        return FlightInfo.newBuilder()
                .setSchema(OutputSchema.of(model).map(FlightDirectory::framed).orElse(ByteString.EMPTY))
                .setFlightDescriptor(descriptor)
                // Without a location: what the ticket is for is to be asked of this very server.
                .addEndpoint(FlightEndpoint.newBuilder()
                        .setTicket(Ticket.newBuilder().setTicket(ByteString.copyFrom(command.ticket()))))
                .setTotalRecords(-1)
                .setTotalBytes(-1)
                .setOrdered(true)
                .setAppMetadata(ByteString.copyFrom(ModelDescription.json(model)))
                .build();
    }

    /** Empty where it is not known before the query is run. */
    Optional<ByteString> schema(Model model) {
        return OutputSchema.of(model).map(FlightDirectory::framed);
    }

    /** A schema as the protocol carries it: as at the beginning of a stream. */
    static ByteString framed(byte[] head) {
        ByteBuf framed = IpcStreamWriter.head(head, UnpooledByteBufAllocator.DEFAULT);
        try {
            return ByteString.copyFrom(ByteBufUtil.getBytes(framed));
        } finally {
            framed.release();
        }
    }
}
