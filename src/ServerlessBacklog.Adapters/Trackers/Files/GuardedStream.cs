using System.Buffers.Binary;
using System.IO.Compression;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.Files;

/// <summary>The bytes of a file, inflated where it is gzip. Refuses what inflates without end and tells damage in words for the user.</summary>
internal sealed class GuardedStream : Stream
{
    private readonly FileStream file;
    private readonly Stream inner;
    private readonly bool isGzip;
    private readonly string path;
    private readonly FileLimits limits;
    private long total;

    public GuardedStream(FileStream file, bool isGzip, string path, FileLimits limits)
    {
        (this.file, this.isGzip, this.path, this.limits) = (file, isGzip, path, limits);
        inner = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => total;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Count(inner.Read(buffer), buffer.Length);
        }
        catch (InvalidDataException damage)
        {
            throw Damaged(damage);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Count(await inner.ReadAsync(buffer, cancellationToken), buffer.Length);
        }
        catch (InvalidDataException damage)
        {
            throw Damaged(damage);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int read, int asked)
    {
        total += read;
        if (!isGzip)
            return read;
        if (read == 0 && asked > 0 && !TailMatches())
            throw Damaged(null);
        if (total > limits.MaxInflatedBytes)
            throw new UserErrorException($"{path} inflates to more than {limits.MaxInflatedBytes >> 20} MiB. Split the export into smaller files.");
        if (total > limits.RatioAfterBytes && total / Math.Max(file.Position, 1) > limits.MaxRatio)
            throw new UserErrorException(
                $"{path} inflates to more than {limits.MaxRatio} times its size, which no backlog does. Export it again, or inflate it yourself and look at it.");
        return read;
    }

    /// <summary>
    /// A gzip file ends in its inflated size modulo 2^32 (RFC 1952, ISIZE). GZipStream itself takes a cut-off file for a shorter one.
    /// </summary>
    private bool TailMatches()
    {
        Span<byte> tail = stackalloc byte[4];
        return RandomAccess.Read(file.SafeFileHandle, tail, file.Length - 4) == 4
            && BinaryPrimitives.ReadUInt32LittleEndian(tail) == (uint)total;
    }

    private UserErrorException Damaged(InvalidDataException? cause)
    {
        var message = $"{path} holds damaged or cut-off gzip data. Copy or download it again; if it was glued from several gzip files, inflate it first.";
        return cause is null ? new UserErrorException(message) : new UserErrorException(message, cause);
    }
}
