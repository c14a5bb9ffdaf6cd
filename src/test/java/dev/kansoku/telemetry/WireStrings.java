package dev.kansoku.telemetry;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All that may be a string in a message of protobuf, whatever its schema says. */
final class WireStrings {

    private final Set<String> strings = new LinkedHashSet<>();

    private WireStrings() {}

    /** Of all these messages, each string once. */
    static List<String> of(List<byte[]> messages) {
        var found = new WireStrings();
        for (byte[] message : messages) {
            try {
                found.fields(UnknownFieldSet.parseFrom(message));
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError("What was sent is no protobuf.", e);
            }
        }
        return List.copyOf(found.strings);
    }

    private void fields(UnknownFieldSet message) {
        for (UnknownFieldSet.Field field : message.asMap().values()) {
            field.getLengthDelimitedList().forEach(this::bytes);
            field.getGroupList().forEach(this::fields);
        }
    }

    /** They may be a string, a message, or anything; what they are not makes no sense, and is not found in anything. */
    private void bytes(ByteString bytes) {
        if (bytes.isValidUtf8()) {
            strings.add(bytes.toStringUtf8());
        }
        try {
            fields(UnknownFieldSet.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            if (!bytes.isValidUtf8()) {
                strings.add(bytes.toStringUtf8());
            }
        }
    }
}
