package dev.sluice.client.contract;

class GrpcContractTest extends ClientContract {

    @Override
    String uri() {
        return frontend.grpc();
    }
}
