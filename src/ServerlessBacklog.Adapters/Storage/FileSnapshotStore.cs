using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>Snapshots as files of one directory. A new one is written beside the old one, flushed to the disk and renamed over it.</summary>
public sealed class FileSnapshotStore(string directory) : ISnapshotStore
{
    public Task<Stream?> OpenAsync(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var path = PathOf(name);
        try
        {
            // Delete sharing lets a writer rename over the file on Windows while it is read.
            return Task.FromResult<Stream?>(new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"'{path}' cannot be read: {fault.Message} Give this account read permission, or delete the file: it is rebuilt.", fault);
        }
    }

    public async Task SaveAsync(string name, Func<Stream, Task> write, CancellationToken cancellation)
    {
        var path = PathOf(name);
        var draft = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            Directory.CreateDirectory(directory);
            await using (var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024))
            {
                await write(stream);
                cancellation.ThrowIfCancellationRequested();
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"'{path}' cannot be written: {fault.Message} Free some space or give this account write permission, then try again.", fault);
        }
        finally
        {
            DeleteIfLeft(draft);
        }
    }

    public Task DeleteAsync(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var path = PathOf(name);
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was ever saved.
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"'{path}' cannot be deleted: {fault.Message} Give this account write permission, then try again.", fault);
        }

        return Task.CompletedTask;
    }

    private static void DeleteIfLeft(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The fault that left it there is already on its way to the user.
        }
    }

    private string PathOf(string name) => Path.Combine(directory, SnapshotName.Of(name));
}
