using System.Security.Cryptography;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.Files;

internal enum FileFormat
{
    JsonLines,
    JsonArray,
    Csv,
}

/// <summary>An export on disk that is there, may be read and has a form that we know. It can be opened more than once.</summary>
internal sealed class SourceFile
{
    private readonly FileLimits limits;

    private SourceFile(string path, FileFormat format, string stem, FileLimits limits) =>
        (Path, Format, Stem, this.limits) = (path, format, stem, limits);

    public string Path { get; }

    public FileFormat Format { get; }

    /// <summary>The file's name without its extensions: the project of records that name none.</summary>
    public string Stem { get; }

    public static SourceFile Find(string path, FileLimits limits)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new UserErrorException("A file source needs a path. Write file:PATH, for example file:issues.jsonl.");
        if (Directory.Exists(path))
            throw new UserErrorException($"{path} is a directory. Name one file in it, for example file:{System.IO.Path.Join(path, "issues.jsonl")}.");
        if (!File.Exists(path))
            throw new UserErrorException($"There is no file {path} (looked for {System.IO.Path.GetFullPath(path)}). Check the spelling.");
        var (format, stem) = FormatOf(path);
        return new SourceFile(path, format, stem, limits);
    }

    public Stream Open()
    {
        var file = OpenFile(Path);
        try
        {
            var isGzip = Check(file);
            var most = Format == FileFormat.JsonArray ? limits.MaxArrayBytes : limits.MaxInflatedBytes;
            return new GuardedStream(file, isGzip, Path, limits with { MaxInflatedBytes = most });
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>SHA-256 of the bytes on disk.</summary>
    public static async Task<byte[]> DigestAsync(string path, CancellationToken cancellation)
    {
        await using var file = OpenFile(path);
        return await SHA256.HashDataAsync(file, cancellation);
    }

    private static (FileFormat Format, string Stem) FormatOf(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            name = name[..^3];
        var extension = System.IO.Path.GetExtension(name);
        var stem = System.IO.Path.GetFileNameWithoutExtension(name);
        FileFormat format = extension.ToLowerInvariant() switch
        {
            ".jsonl" or ".ndjson" => FileFormat.JsonLines,
            ".json" => FileFormat.JsonArray,
            ".csv" or ".tsv" => FileFormat.Csv,
            _ => throw new UserErrorException(
                $"{path} has an extension that is not read. Use .jsonl, .json or .csv (each also with .gz); an Excel sheet is saved as CSV first."),
        };
        return (format, string.IsNullOrWhiteSpace(stem) ? "file" : stem);
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new UserErrorException($"{path} may not be read by you. Give yourself read permission, for example with chmod u+r.", refused);
        }
        catch (IOException fault)
        {
            throw new UserErrorException($"{path} cannot be opened: {fault.Message}", fault);
        }
    }

    private bool Check(FileStream file)
    {
        if (file.Length == 0)
            throw new UserErrorException($"{Path} is empty. Export it again; a backlog needs at least one record.");
        Span<byte> start = stackalloc byte[4];
        var length = file.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        file.Position = 0;
        start = start[..length];
        var isGzip = start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);
        if (!isGzip && Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            throw new UserErrorException($"{Path} is named .gz but holds no gzip data. If it is plain text, drop .gz from its name.");
        if (start.StartsWith("PK\u0003\u0004"u8))
            throw new UserErrorException($"{Path} is a zip archive or an Excel workbook. Unpack it, or save the sheet as CSV.");
        if (Format == FileFormat.JsonArray && file.Length > limits.MaxArrayBytes)
            throw new UserErrorException($"{Path} is larger than {limits.MaxArrayBytes >> 20} MiB. Turn it into one object a line: jq -c '.[]' in.json > out.jsonl.");
        return isGzip;
    }
}
