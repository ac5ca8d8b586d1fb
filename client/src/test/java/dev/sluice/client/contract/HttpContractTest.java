package dev.sluice.client.contract;

class HttpContractTest extends ClientContract {

    @Override
    String uri() {
        return frontend.http();
    }
}
