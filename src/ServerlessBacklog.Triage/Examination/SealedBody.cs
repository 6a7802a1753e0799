using System.IO.Compression;
using System.Security.Cryptography;

namespace ServerlessBacklog.Triage.Examination;

/// <summary>A packed body that tells whether it is whole: a SHA-256, then Brotli, which by itself does not notice every damage.</summary>
internal static class SealedBody
{
    public static async Task WriteAsync(Stream stream, Func<Stream, Task> write, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await using (var packed = new BrotliStream(body, CompressionLevel.Fastest, leaveOpen: true))
            await write(packed);
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        await stream.WriteAsync(SHA256.HashData(bytes.Span), cancellation);
        await stream.WriteAsync(bytes, cancellation);
    }

    /// <summary>The unpacked body. Reads <paramref name="stream"/> to its end.</summary>
    /// <exception cref="InvalidDataException">The body is damaged.</exception>
    public static async Task<Stream> OpenAsync(Stream stream, CancellationToken cancellation)
    {
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, cancellation);
        var bytes = read.ToArray();
        if (bytes.Length < SHA256.HashSizeInBytes
            || !SHA256.HashData(bytes.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(0, SHA256.HashSizeInBytes)))
            throw new InvalidDataException("The stored body is damaged.");
        return new BrotliStream(
            new MemoryStream(bytes, SHA256.HashSizeInBytes, bytes.Length - SHA256.HashSizeInBytes), CompressionMode.Decompress);
    }
}
