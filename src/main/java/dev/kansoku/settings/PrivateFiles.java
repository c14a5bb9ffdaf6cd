package dev.kansoku.settings;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Folders and files that nobody but the user can read, where the file system knows permissions. */
public final class PrivateFiles {

    private static final String FOLDER = "rwx------";
    private static final String FILE = "rw-------";
    /** Writes what is to be in a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private PrivateFiles() {}

    /**
     * Makes the folder and those above it, as far as they are missing, for the user alone. If the folder was there it is
     * restricted as by {@link #restrict}; those above it are not.
     */
    public static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder, permissions(folder, FOLDER));
        restrict(folder);
    }

    /**
     * Sees to it that the file is there, for the user alone, before somebody else writes it who would make it readable for
     * all: empty if it was missing, otherwise with what it holds, restricted as by {@link #restrict}. Its folder is made
     * where it is missing.
     */
    public static void createFile(Path file) throws IOException {
        createFolder(folderOf(file));
        try {
            Files.createFile(file, permissions(file, FILE));
        } catch (FileAlreadyExistsException e) {
            // What it holds is to be kept.
        }
        restrict(file);
    }

    /**
     * Takes from everybody but its owner what they may do with a file or folder. What belongs to somebody else, or lies
     * where permissions cannot be changed, stays as it is; so does a symbolic link with what it leads to.
     *
     * <p>Not for a file that this process holds open: on POSIX systems this would drop its locks.
     *
     * @throws IOException if there is nothing, or its permissions cannot be read
     */
    public static void restrict(Path path) throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile() && !attributes.isDirectory()) {
            return;
        }
        var posix = Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        var acl = Files.getFileAttributeView(path, AclFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        try {
            if (posix != null) {
                restrict(posix);
            } else if (acl != null) {
                restrict(acl, attributes.isDirectory());
            }
        } catch (NoSuchFileException e) {
            throw e;
        } catch (FileSystemException e) {
            // Somebody else's, or a file system that keeps no permissions, as on most USB sticks.
        }
    }

    private static void restrict(PosixFileAttributeView view) throws IOException {
        Set<PosixFilePermission> now = view.readAttributes().permissions();
        Set<PosixFilePermission> ofTheOwner = EnumSet.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
        if (!ofTheOwner.containsAll(now)) {
            ofTheOwner.retainAll(now);
            view.setPermissions(ofTheOwner);
        }
    }

    private static void restrict(AclFileAttributeView view, boolean folder) throws IOException {
        UserPrincipal owner = view.getOwner();
        if (owner instanceof GroupPrincipal) {
            // What an elevated process makes on Windows belongs to all administrators, and without elevation the user
            // is
            // none of them: they could no longer read their own files.
            return;
        }
        var ofTheOwner = List.of(AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(owner)
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .setFlags(
                        folder
                                ? EnumSet.of(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)
                                : EnumSet.noneOf(AclEntryFlag.class))
                .build());
        if (!view.getAcl().equals(ofTheOwner)) {
            view.setAcl(ofTheOwner);
        }
    }

    /**
     * Writes the file as a whole or not at all, for the user alone; its folder is made where it is missing.
     *
     * @throws IOException if it was not written; what the file held before is then untouched
     */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, out -> out.write(content));
    }

    /**
     * Writes the file as a whole or not at all, with permissions 0600; its folder is made where it is missing.
     *
     * @throws IOException if it was not written; what the file held before is then untouched
     */
    public static void write(Path file, Content content) throws IOException {
        Path folder = folderOf(file);
        // One that is there may be anybody's: the user chose it.
        if (Files.notExists(folder)) {
            createFolder(folder);
        }
        // In the same folder, because only there a move is atomic.
        Path temporary = Files.createTempFile(folder, file.getFileName() + ".", ".tmp");
        try {
            // On POSIX systems temporary files are private from the start.
            restrict(temporary);
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                var out = new BufferedOutputStream(Channels.newOutputStream(channel));
                content.writeTo(out);
                out.flush();
                // Without it the name may reach the disk before the content: after a power failure the file is empty.
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Path folderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("not a file: " + file);
        }
        return folder;
    }

    /** To be given when it is made; where the file system knows none of this kind, nothing. */
    private static FileAttribute<?>[] permissions(Path path, String posix) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(posix))}
                : new FileAttribute<?>[0];
    }
}
