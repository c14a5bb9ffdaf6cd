package dev.kansoku.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateFilesTest {

    /** On the file system of this machine. */
    @Nested
    class Posix {

        @TempDir
        private Path folder;

        @BeforeEach
        void knowsPermissions() {
            assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        }

        @Test
        void whatIsMadeIsOfTheUserAlone() throws IOException {
            Path above = folder.resolve("data");
            Path deep = above.resolve("deep");
            Path file = deep.resolve("history.db");

            PrivateFiles.createFile(file);

            assertThat(file).isEmptyFile();
            assertThat(permissions(file)).isEqualTo("rw-------");
            assertThat(permissions(deep)).isEqualTo("rwx------");
            assertThat(permissions(above)).isEqualTo("rwx------");
        }

        @ParameterizedTest
        @CsvSource({"rw-r--r--, rw-------", "rwxrwxrwx, rwx------", "r--r-----, r--------", "rw-------, rw-------"})
        void aFileThatIsThereKeepsItsContentAndItsOwnersPermissionsOnly(String before, String after)
                throws IOException {
            Path file = Files.writeString(folder.resolve("history.db"), "mine");
            permit(file, before);

            PrivateFiles.createFile(file);

            assertThat(file).hasContent("mine");
            assertThat(permissions(file)).isEqualTo(after);
        }

        @ParameterizedTest
        @CsvSource({"rwxr-xr-x, rwx------", "r-xr-xr-x, r-x------", "rwx------, rwx------"})
        void aFolderThatIsThereKeepsItsOwnersPermissionsOnly(String before, String after) throws IOException {
            Path data = Files.createDirectory(folder.resolve("data"));
            permit(data, before);

            PrivateFiles.createFolder(data);

            assertThat(permissions(data)).isEqualTo(after);
            permit(data, "rwx------");
        }

        @Test
        void theFoldersAboveStayAsTheyAre() throws IOException {
            permit(folder, "rwxr-xr-x");

            PrivateFiles.createFolder(folder.resolve("data"));

            assertThat(permissions(folder)).isEqualTo("rwxr-xr-x");
        }

        @Test
        void whatASymbolicLinkLeadsToStaysAsItIs() throws IOException {
            Path file = Files.writeString(folder.resolve("elsewhere.db"), "mine");
            Path shared = Files.createDirectory(folder.resolve("shared"));
            permit(file, "rw-r--r--");
            permit(shared, "rwxr-xr-x");

            PrivateFiles.createFile(Files.createSymbolicLink(folder.resolve("history.db"), file));
            PrivateFiles.createFolder(Files.createSymbolicLink(folder.resolve("data"), shared));

            assertThat(permissions(file)).isEqualTo("rw-r--r--");
            assertThat(permissions(shared)).isEqualTo("rwxr-xr-x");
        }

        @Test
        void whatIsNotThereCannotBeRestricted() {
            assertThatIOException()
                    .isThrownBy(() -> PrivateFiles.restrict(folder.resolve("nothing")))
                    .isInstanceOf(NoSuchFileException.class);
        }

        private void permit(Path path, String permissions) throws IOException {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }

        private String permissions(Path path) throws IOException {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        }
    }

    /** On one that knows lists of who may do what, as NTFS does. */
    @Nested
    class Acl {

        @AutoClose
        private final FileSystem windows = Jimfs.newFileSystem(Configuration.windows().toBuilder()
                .setAttributeViews("basic", "owner", "acl")
                .build());

        private final Path folder = windows.getPath("C:\\Users\\me\\Kansoku");
        private final Path file = folder.resolve("history.db");

        @Test
        void whatIsMadeIsOfTheUserAlone() throws IOException {
            PrivateFiles.createFile(file);

            isOfItsOwnerAlone(file);
            isOfItsOwnerAlone(folder);
            assertThat(acl(folder).getFirst().flags())
                    .as("what is made in the folder by others is private too")
                    .containsExactlyInAnyOrder(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT);
            assertThat(acl(file).getFirst().flags()).isEmpty();
        }

        @Test
        void whatIsWrittenIsOfTheUserAlone() throws IOException {
            PrivateFiles.write(file, new byte[] {1, 2, 3});

            assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
            isOfItsOwnerAlone(file);
        }

        @Test
        void whatIsThereKeepsItsContentAndIsTakenFromTheOthers() throws IOException {
            Files.createDirectories(folder);
            Files.writeString(file, "mine");
            permitEverybody(folder);
            permitEverybody(file);

            PrivateFiles.createFile(file);

            assertThat(Files.readString(file)).isEqualTo("mine");
            isOfItsOwnerAlone(file);
            isOfItsOwnerAlone(folder);
        }

        @Test
        void whatBelongsToAGroupStaysAsItIs() throws IOException {
            Files.createDirectories(folder);
            Files.getFileAttributeView(folder, FileOwnerAttributeView.class)
                    .setOwner(windows.getUserPrincipalLookupService().lookupPrincipalByGroupName("Administrators"));
            permitEverybody(folder);
            List<AclEntry> before = acl(folder);

            PrivateFiles.createFolder(folder);

            assertThat(acl(folder)).isEqualTo(before);
        }

        private void isOfItsOwnerAlone(Path path) throws IOException {
            assertThat(acl(path))
                    .as("who may do something with %s", path)
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.type()).isEqualTo(AclEntryType.ALLOW);
                        assertThat(entry.principal()).isEqualTo(Files.getOwner(path));
                        assertThat(entry.permissions()).containsExactlyInAnyOrder(AclEntryPermission.values());
                    });
        }

        private void permitEverybody(Path path) throws IOException {
            UserPrincipal everybody = windows.getUserPrincipalLookupService().lookupPrincipalByName("everybody");
            view(path)
                    .setAcl(List.of(AclEntry.newBuilder()
                            .setType(AclEntryType.ALLOW)
                            .setPrincipal(everybody)
                            .setPermissions(AclEntryPermission.READ_DATA)
                            .build()));
        }

        private List<AclEntry> acl(Path path) throws IOException {
            return view(path).getAcl();
        }

        private AclFileAttributeView view(Path path) {
            return Files.getFileAttributeView(path, AclFileAttributeView.class);
        }
    }

    @Test
    void whereTheFileSystemKnowsNoPermissionsFilesAreMadeAllTheSame() throws IOException {
        try (FileSystem simple = Jimfs.newFileSystem(
                Configuration.windows().toBuilder().setAttributeViews("basic").build())) {
            Path made = simple.getPath("C:\\Kansoku\\history.db");
            Path written = simple.getPath("C:\\Kansoku\\settings.json");

            PrivateFiles.createFile(made);
            PrivateFiles.write(written, new byte[] {1});

            assertThat(Files.readAllBytes(made)).isEmpty();
            assertThat(Files.readAllBytes(written)).containsExactly(1);
        }
    }
}
