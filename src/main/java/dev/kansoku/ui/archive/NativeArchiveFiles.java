package dev.kansoku.ui.archive;

import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.Words;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;

/** The dialogs of the operating system. */
public final class NativeArchiveFiles implements ArchiveFiles {

    private final Window main;
    private final Supplier<Words> words;

    /** @param main the window to ask over, unless another one of the program is being used */
    public NativeArchiveFiles(Window main, Supplier<Words> words) {
        this.main = main;
        this.words = words;
    }

    @Override
    public Optional<Target> save(String suggestedName, ArchiveFormat first) {
        var chooser = new FileChooser();
        chooser.setInitialFileName(suggestedName);
        List<ArchiveFormat> formats = Arrays.stream(ArchiveFormat.values())
                .sorted(Comparator.comparing(format -> format != first))
                .toList();
        List<ExtensionFilter> filters = formats.stream().map(this::filter).toList();
        chooser.getExtensionFilters().setAll(filters);
        File file = chooser.showSaveDialog(window());
        if (file == null) {
            return Optional.empty();
        }
        // A name without an ending stays as it is: another one may belong to a file that nobody was asked about.
        int selected = Math.max(0, filters.indexOf(chooser.getSelectedExtensionFilter()));
        Path path = file.toPath();
        return Optional.of(new Target(path, ArchiveFormat.of(path).orElse(formats.get(selected))));
    }

    @Override
    public Optional<Path> open() {
        var chooser = new FileChooser();
        chooser.getExtensionFilters().setAll(filter(ArchiveFormat.JSON));
        return Optional.ofNullable(chooser.showOpenDialog(window())).map(File::toPath);
    }

    private ExtensionFilter filter(ArchiveFormat format) {
        return new ExtensionFilter(words.get().get("archive.format." + Keys.of(format)), "*" + format.ending());
    }

    private Window window() {
        return Window.getWindows().stream()
                .filter(Window::isFocused)
                .findFirst()
                .orElse(main);
    }
}
