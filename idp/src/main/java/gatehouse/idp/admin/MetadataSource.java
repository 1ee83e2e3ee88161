package gatehouse.idp.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.schema.Described;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.schema.ResourceSchema;
import java.util.List;
import java.util.Optional;

/** Where metadata comes from, one of the two, and whose it is. */
record MetadataSource(
        @Described(value = "Where it is published.", max = 2048, format = "uri")
        Optional<String> metadataUrl,
        @Described(value = "The document itself.", max = RecordJson.TEXT_LENGTH_MAX)
        Optional<String> metadataXml,
        @Described(value = "Which provider is meant, if the metadata has several.", max = 1024)
        Optional<String> idpEntityId,
        @Described(value = "The change that is accepted although it lowers the connection's security: the id that the"
                + " refusal, or a dry run, named.", max = 64)
        Optional<String> accept) {

    static final ResourceSchema SCHEMA = ResourceSchema.of(
            "metadata_source", JsonNodeFactory.instance.objectNode(), List.of(MetadataSource.class));
}
