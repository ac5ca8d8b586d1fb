package dev.sluice.frontend.grpc;

import static dev.sluice.frontend.grpc.GrpcFrontend.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.tensor.TensorSignature;
import dev.sluice.common.tensor.TensorSpec;
import inference.DataType;
import inference.ModelConfig;
import inference.ModelConfigRequest;
import inference.ModelMetadataRequest;
import inference.ModelMetadataResponse;
import inference.ModelReadyRequest;
import inference.ModelRepositoryParameter;
import inference.ModelStatisticsRequest;
import inference.RepositoryIndexRequest;
import inference.RepositoryIndexResponse.ModelIndex;
import inference.RepositoryModelLoadRequest;
import inference.RepositoryModelUnloadRequest;
import inference.ServerLiveRequest;
import inference.ServerMetadataRequest;
import inference.ServerReadyRequest;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;

/** What there is. */
class GrpcPagesTest {

    @RegisterExtension
    final GrpcFrontend frontend = new GrpcFrontend();

    private boolean ready(String model, String version) {
        return frontend.blocking()
                .modelReady(ModelReadyRequest.newBuilder()
                        .setName(model)
                        .setVersion(version)
                        .build())
                .getReady();
    }

    private boolean serverReady() {
        return frontend.blocking()
                .serverReady(ServerReadyRequest.getDefaultInstance())
                .getReady();
    }

    @Test
    void isReadyWithTheCatalogueAndForWhatIsInIt() {
        assertThat(frontend.blocking()
                        .serverLive(ServerLiveRequest.getDefaultInstance())
                        .getLive())
                .isTrue();
        assertThat(serverReady()).isTrue();
        assertThat(ready("adds", "")).isTrue();
        assertThat(ready("adds", "3")).isTrue();
        assertThat(ready("adds", "4")).isFalse();
        assertThat(ready("nothing", "")).isFalse();
        frontend.gateway().ready(false);
        assertThat(serverReady()).isFalse();
        assertThat(ready("adds", "")).isFalse();
    }

    @Test
    void describesTheServer() {
        var server = frontend.blocking().serverMetadata(ServerMetadataRequest.getDefaultInstance());
        assertThat(server.getName()).isEqualTo("sluice");
        assertThat(server.getVersion()).isNotEmpty();
        assertThat(server.getExtensionsList()).contains("binary_tensor_data", "statistics");
    }

    @Test
    void describesAModel() {
        ModelMetadataResponse model = frontend.blocking()
                .modelMetadata(ModelMetadataRequest.newBuilder().setName("adds").build());
        assertThat(model.getName()).isEqualTo("adds");
        assertThat(model.getVersionsList()).containsExactly("3");
        assertThat(model.getInputs(0).getDatatype()).isEqualTo("FP32");
        assertThat(model.getInputs(0).getShapeList()).containsExactly(-1L, 2L);
        assertThat(model.getOutputs(0).getDatatype()).isEqualTo("BYTES");
        assertThat(failure(() -> frontend.blocking()
                                .modelMetadata(ModelMetadataRequest.newBuilder()
                                        .setName("nothing")
                                        .build()))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void writesTheConfiguration() {
        ModelConfig config = frontend.blocking()
                .modelConfig(ModelConfigRequest.newBuilder().setName("adds").build())
                .getConfig();
        assertThat(config.getMaxBatchSize()).isEqualTo(8);
        assertThat(config.getInput(0).getDimsList()).containsExactly(2L);
        assertThat(config.getOutput(0).getDataType()).isEqualTo(DataType.TYPE_STRING);
        assertThat(frontend.blocking()
                        .modelConfig(ModelConfigRequest.newBuilder()
                                .setName("streams")
                                .build())
                        .getConfig()
                        .getModelTransactionPolicy()
                        .getDecoupled())
                .isTrue();
    }

    @Test
    void leavesNumbersTheirOnlyDimension() {
        TensorSpec numbers = new TensorSpec("x", dev.sluice.common.tensor.DataType.INT64, new long[] {-1});
        frontend.gateway()
                .model("numbers", new TensorSignature(List.of(numbers), List.of(numbers)), call -> Flux.never());
        ModelConfig config = frontend.blocking()
                .modelConfig(ModelConfigRequest.newBuilder().setName("numbers").build())
                .getConfig();
        assertThat(config.getMaxBatchSize()).isZero();
        assertThat(config.getInput(0).getDimsList()).containsExactly(-1L);
        assertThat(config.getOutput(0).getDimsList()).containsExactly(-1L);
    }

    @Test
    void listsModelsAndTheirStatistics() {
        assertThat(frontend.blocking()
                        .repositoryIndex(RepositoryIndexRequest.getDefaultInstance())
                        .getModelsList())
                .extracting(ModelIndex::getName)
                .contains("adds", "vadder", "vadder:other");
        // the gateway of these tests counts nothing
        assertThat(frontend.blocking()
                        .modelStatistics(ModelStatisticsRequest.newBuilder()
                                .setName("adds")
                                .build())
                        .getModelStatsCount())
                .isZero();
    }

    @Test
    void loadsOnlyWhatIsThereAndUnloadsNothing() {
        RepositoryModelLoadRequest load =
                RepositoryModelLoadRequest.newBuilder().setModelName("adds").build();
        assertThat(frontend.blocking().repositoryModelLoad(load)).isNotNull();
        RepositoryModelLoadRequest changed = load.toBuilder()
                .putParameters("config", ModelRepositoryParameter.getDefaultInstance())
                .build();
        assertThat(failure(() -> frontend.blocking().repositoryModelLoad(changed))
                        .getStatus()
                        .getDescription())
                .contains("another configuration");
        RepositoryModelUnloadRequest unload =
                RepositoryModelUnloadRequest.newBuilder().setModelName("adds").build();
        assertThat(failure(() -> frontend.blocking().repositoryModelUnload(unload))
                        .getStatus()
                        .getDescription())
                .contains("control API");
    }
}
