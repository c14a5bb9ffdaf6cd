package dev.kansoku.telemetry;

import dev.kansoku.privacy.Masker;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The second wall: what reaches an exporter although it should not is left out, and no text passes that a {@link Masker}
 * has not cut. It knows nothing of where a signal came from.
 */
final class Guard {

    /** In a message of the conventions, what is no text. */
    private static final Set<String> LABELS = Set.of("role", "type");

    /** UUIDs and codes of faults, whose digits may look like anything. */
    private static final Pattern ID =
            Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}|[0-9A-Z]{4}(-[0-9A-Z]{4}){2}");

    /** In the place of all others; one object, as with {@link #resource}. */
    static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create(Names.SCOPE);

    private record Resources(Resource from, Resource to) {}

    private final Masker masker;
    private volatile @Nullable Resources resources;

    Guard(Masker masker) {
        this.masker = masker;
    }

    /** A name, of whatever: personal data in it is replaced, and it is capped. */
    String name(String name) {
        return masker.name(name).toString();
    }

    /** A text of which nobody knows whether it is masked. */
    String text(String text) {
        return masker.ensureMasked(text).toString();
    }

    Attributes attributes(Attributes attributes) {
        return only(attributes, Names.ATTRIBUTES);
    }

    /** For one resource always the same object: the SDK writes it down once for all that have that very one. */
    Resource resource(Resource resource) {
        Resources known = resources;
        if (known == null || !known.from.equals(resource)) {
            known = new Resources(resource, Resource.create(only(resource.getAttributes(), Names.RESOURCE)));
            resources = known;
        }
        return known.to;
    }

    /** Whether the points of a metric, and their exemplars, hold nothing but what tells its series apart. */
    boolean passes(Data<?> data) {
        return data.getPoints().stream()
                .allMatch(point -> isPlain(point.getAttributes())
                        && point.getExemplars().stream()
                                .allMatch(exemplar ->
                                        exemplar.getFilteredAttributes().isEmpty()));
    }

    private boolean isPlain(Attributes attributes) {
        return attributes.asMap().entrySet().stream()
                .allMatch(
                        entry -> Names.METRIC_ATTRIBUTES.contains(entry.getKey().getKey())
                                && entry.getValue() instanceof String text
                                && name(text).equals(text));
    }

    private Attributes only(Attributes attributes, Set<String> allowed) {
        AttributesBuilder passed = Attributes.builder();
        attributes.forEach((key, value) -> {
            if (allowed.contains(key.getKey())) {
                put(passed, key, value);
            }
        });
        return passed.build();
    }

    @SuppressWarnings("unchecked") // A key tells the type of its value.
    private void put(AttributesBuilder passed, AttributeKey<?> key, Object value) {
        boolean isText = Names.MASKED.contains(key.getKey());
        switch (key.getType()) {
            case STRING ->
                passed.put(
                        (AttributeKey<String>) key,
                        isId(key, (String) value) ? (String) value : cleaned((String) value, isText));
            case STRING_ARRAY ->
                passed.put(
                        (AttributeKey<List<String>>) key,
                        ((List<String>) value)
                                .stream().map(each -> cleaned(each, isText)).toList());
            case VALUE -> passed.put((AttributeKey<Value<?>>) key, cleaned((Value<?>) value, isText));
            default -> passed.put((AttributeKey<Object>) key, value);
        }
    }

    private static boolean isId(AttributeKey<?> key, String value) {
        return Names.IDS.contains(key.getKey()) && ID.matcher(value).matches();
    }

    private String cleaned(String text, boolean isText) {
        return isText ? text(text) : name(text);
    }

    @SuppressWarnings("unchecked")
    private Value<?> cleaned(Value<?> value, boolean isText) {
        return switch (value.getType()) {
            case STRING -> Value.of(cleaned((String) value.getValue(), isText));
            case ARRAY ->
                Value.of(((List<Value<?>>) value.getValue())
                        .stream().<Value<?>>map(each -> cleaned(each, isText)).toArray(Value<?>[]::new));
            case KEY_VALUE_LIST ->
                Value.of(((List<KeyValue>) value.getValue())
                        .stream()
                                .map(each -> KeyValue.of(
                                        name(each.getKey()),
                                        cleaned(each.getValue(), isText && !LABELS.contains(each.getKey()))))
                                .toArray(KeyValue[]::new));
            // Bytes may hold any text.
            case BYTES -> Value.of("");
            default -> value;
        };
    }
}
