package dev.sluice.frontend.flight;

import arrow.flight.protocol.FlightServiceGrpc;
import arrow.flight.protocol.PutResult;
import arrow.flight.protocol.Ticket;
import dev.sluice.frontend.flight.wire.FlightMarshaller;
import dev.sluice.frontend.flight.wire.FlightMessage;
import io.grpc.MethodDescriptor;
import io.netty.buffer.ByteBufAllocator;

/** The methods of the protocol whose messages of data are read and written by hand. */
final class FlightMethods {

    private static final FlightMarshaller DATA = new FlightMarshaller(ByteBufAllocator.DEFAULT);

    static final MethodDescriptor<FlightMessage, FlightMessage> DO_EXCHANGE =
            FlightServiceGrpc.getDoExchangeMethod().toBuilder(DATA, DATA).build();

    static final MethodDescriptor<Ticket, FlightMessage> DO_GET = FlightServiceGrpc.getDoGetMethod().toBuilder(
                    FlightServiceGrpc.getDoGetMethod().getRequestMarshaller(), DATA)
            .build();

    static final MethodDescriptor<FlightMessage, PutResult> DO_PUT = FlightServiceGrpc.getDoPutMethod().toBuilder(
                    DATA, FlightServiceGrpc.getDoPutMethod().getResponseMarshaller())
            .build();

    private FlightMethods() {}
}
