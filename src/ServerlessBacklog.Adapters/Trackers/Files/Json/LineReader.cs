namespace ServerlessBacklog.Adapters.Trackers.Files.Json;

/// <summary>
/// Reads lines of bytes with a buffer no larger than one line may be. A longer line is passed over without being held.
/// </summary>
internal sealed class LineReader(Stream stream, int maxLineBytes)
{
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private bool isEnd;

    /// <summary>The line without its break; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Number of the line, from 1.</summary>
    public long Number { get; private set; }

    public bool IsTooLong { get; private set; }

    /// <summary>True when the line ends with a break; false for a last line that may be cut off.</summary>
    public bool IsComplete { get; private set; }

    public async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        IsTooLong = false;
        var searched = 0;
        while (true)
        {
            var at = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (at >= 0)
                return Take(searched + at, isComplete: true);
            searched = end - start;
            if (isEnd)
                return (searched > 0 || IsTooLong) && Take(searched, isComplete: false);
            if (searched > maxLineBytes)
            {
                IsTooLong = true;
                start = end = searched = 0;
            }

            await FillAsync(cancellation);
        }
    }

    private bool Take(int length, bool isComplete)
    {
        IsTooLong |= length > maxLineBytes;
        Line = IsTooLong ? default : buffer.AsMemory(start, length);
        start = Math.Min(start + length + 1, end);
        Number++;
        IsComplete = isComplete;
        return true;
    }

    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        var read = await stream.ReadAsync(buffer.AsMemory(end), cancellation);
        end += read;
        isEnd = read == 0;
    }
}
