using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using ServerlessBacklog.Adapters.Trackers.Files.Mapping;

namespace ServerlessBacklog.Adapters.Trackers.Files.Csv;

/// <summary>How the characters of a CSV file are written: encoding and delimiter, found by looking unless the mapping says.</summary>
/// <param name="IsFallback">True when the bytes are no UTF-8 and were taken for Windows-1252.</param>
internal sealed record CsvText(Encoding Encoding, char Delimiter, bool IsFallback)
{
    private const int HeaderChars = 1 << 16;

    public static async Task<CsvText> DetectAsync(SourceFile file, FileMapping mapping, CancellationToken cancellation)
    {
        var (encoding, isFallback) = mapping.Encoding is { } told ? (told, false) : await EncodingOfAsync(file, cancellation);
        if (mapping.Delimiter is { } delimiter)
            return new CsvText(encoding, delimiter, isFallback);
        using var reader = new StreamReader(file.Open(), encoding, detectEncodingFromByteOrderMarks: true);
        var start = new char[HeaderChars];
        var length = await reader.ReadBlockAsync(start, cancellation);
        return new CsvText(encoding, DelimiterOf(start.AsSpan(0, length)), isFallback);
    }

    /// <summary>A parser at the start of the file; <paramref name="badData"/> is called for quotes where none may stand.</summary>
    public CsvParser Open(SourceFile file, int maxField, Action badData) => new(
        new StreamReader(file.Open(), Encoding, detectEncodingFromByteOrderMarks: true),
        new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Delimiter.ToString(),
            BadDataFound = _ => badData(),
            MaxFieldSize = maxField,
            BufferSize = 1 << 16,
        });

    private static async Task<(Encoding Encoding, bool IsFallback)> EncodingOfAsync(SourceFile file, CancellationToken cancellation)
    {
        await using var stream = file.Open();
        var bytes = new byte[1 << 16];
        var chars = new char[bytes.Length + 1];
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var isStart = true;
        int read;
        while ((read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation)) > 0)
        {
            if (isStart && Utf16(bytes.AsSpan(0, read)) is { } utf16)
                return (utf16, false);
            isStart = false;
            if (!IsValid(decoder, bytes.AsSpan(0, read), chars, isLast: read < bytes.Length))
                return (CodePagesEncodingProvider.Instance.GetEncoding(1252)!, true);
        }

        return (Encoding.UTF8, false);
    }

    private static bool IsValid(Decoder decoder, ReadOnlySpan<byte> bytes, Span<char> chars, bool isLast)
    {
        try
        {
            decoder.GetChars(bytes, chars, flush: isLast);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>By mark, or by the zero byte that every ASCII character of a header has in UTF-16.</summary>
    private static Encoding? Utf16(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, ..] or [not 0, 0, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] or [0, not 0, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    /// <summary>The candidate that stands most often outside quotes in the first line.</summary>
    private static char DelimiterOf(ReadOnlySpan<char> start)
    {
        Span<int> counts = stackalloc int[Delimiters.Length];
        var isQuoted = false;
        foreach (var c in start)
        {
            if (c == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && c is '\n' or '\r')
                break;
            else if (!isQuoted && Delimiters.IndexOf(c) is >= 0 and var at)
                counts[at]++;
        }

        var most = 0;
        for (var i = 1; i < counts.Length; i++)
            most = counts[i] > counts[most] ? i : most;
        return Delimiters[most];
    }

    private const string Delimiters = ",;\t|";
}
