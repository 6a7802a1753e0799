using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage.Azure;

/// <summary>
/// Snapshots as blobs of one container, which the first save creates. A body is staged in blocks and committed as a whole. It passes
/// through a temporary file of this account's own: a reader keeps what it opened, and a writer that fails has sent nothing.
/// </summary>
/// <param name="container">3 … 63 lower-case letters, digits and hyphens.</param>
public sealed class AzureBlobSnapshotStore(AzureConnection connection, string container) : ISnapshotStore
{
    private const int BlockBytes = 4 * 1024 * 1024;

    /// <summary>A body can only change so often while it is read: each time somebody has stored a whole new one.</summary>
    private const int MaxAttempts = 10;

    private readonly BlobContainerClient blobs = connection.Blobs.GetBlobContainerClient(container);

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellation)
    {
        var blob = blobs.GetBlobClient(SnapshotName.Of(name));
        return AskAsync(() => DownloadAsync(blob, cancellation), cancellation);
    }

    public async Task SaveAsync(string name, Func<Stream, Task> write, CancellationToken cancellation)
    {
        var blob = blobs.GetBlockBlobClient(SnapshotName.Of(name));
        await using var draft = OpenDraft();
        await write(draft);
        await AskAsync(() => UploadAsync(blob, draft, cancellation), cancellation);
    }

    public Task DeleteAsync(string name, CancellationToken cancellation)
    {
        var blob = blobs.GetBlobClient(SnapshotName.Of(name));
        return AskAsync(() => RemoveAsync(blob, cancellation), cancellation);
    }

    private static async Task<bool> RemoveAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            return await blob.DeleteIfExistsAsync(cancellationToken: cancellation);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            return false;
        }
    }

    private static async Task<Stream?> DownloadAsync(BlobClient blob, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var draft = OpenDraft();
            try
            {
                await blob.DownloadToAsync(draft, cancellation);
                draft.Position = 0;
                return draft;
            }
            catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound || missing.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                await draft.DisposeAsync();
                return null;
            }
            catch (RequestFailedException replaced) when (replaced.Status == 412 && attempt < MaxAttempts)
            {
                await draft.DisposeAsync();
            }
            catch
            {
                await draft.DisposeAsync();
                throw;
            }
        }
    }

    private async Task<bool> UploadAsync(BlockBlobClient blob, FileStream draft, CancellationToken cancellation)
    {
        try
        {
            return await StageAndCommitAsync(blob, draft, cancellation);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await blobs.CreateIfNotExistsAsync(cancellationToken: cancellation);
            return await StageAndCommitAsync(blob, draft, cancellation);
        }
    }

    /// <returns>False when another writer committed meanwhile: its body counts as the later one, ours as replaced by it.</returns>
    private static async Task<bool> StageAndCommitAsync(BlockBlobClient blob, FileStream draft, CancellationToken cancellation)
    {
        // Ids of its own for every save: with equal ids two writers would commit each other's blocks.
        var save = RandomNumberGenerator.GetHexString(16);
        var blocks = new List<string>();
        var block = new byte[(int)Math.Clamp(draft.Length, 1, BlockBytes)];
        draft.Position = 0;
        while (draft.Position < draft.Length)
        {
            var length = await draft.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellation);
            var id = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{save}-{blocks.Count:000000}"));
            await blob.StageBlockAsync(id, new MemoryStream(block, 0, length), cancellationToken: cancellation);
            blocks.Add(id);
        }

        try
        {
            await blob.CommitBlockListAsync(blocks, cancellationToken: cancellation);
            return true;
        }
        catch (RequestFailedException lost) when (lost.ErrorCode == BlobErrorCode.InvalidBlockList)
        {
            // A commit discards the blocks that others have staged (https://learn.microsoft.com/rest/api/storageservices/put-block-list).
            return false;
        }
    }

    private static FileStream OpenDraft()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"backlog-{Guid.NewGuid():n}.tmp"), options);
    }

    private Task<T> AskAsync<T>(Func<Task<T>> request, CancellationToken cancellation) =>
        AzureErrors.ExplainAsync(connection.Blobs.Uri, request, cancellation);
}
