using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Adapters.Trackers.Files.Csv;
using ServerlessBacklog.Adapters.Trackers.Files.Json;
using ServerlessBacklog.Adapters.Trackers.Files.Mapping;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.Files;

/// <summary>
/// Purpose: reads work items from an export on disk: JSON Lines, a JSON array, or CSV of GitHub, GitLab, Jira, Azure DevOps and
/// Bugzilla (docs/import-format.md). One record is held at a time.
/// </summary>
public sealed class FileTracker(FileLimits limits) : IExportTracker
{
    public const string TrackerName = "file";

    public const string Form = "file:PATH (.jsonl, .json or .csv, each also with .gz)";

    public FileTracker()
        : this(FileLimits.Default)
    {
    }

    public string Name => TrackerName;

    public string SourceForm => Form;

    public async IAsyncEnumerable<SourceRecord> ReadAsync(SourceAddress source, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var file = SourceFile.Find(source.Location, limits);
        var mapping = source.Mapping is null ? FileMapping.None : MappingFile.Read(source.Mapping);
        var builder = new ItemBuilder(mapping, mapping.Project ?? file.Stem);
        var seen = new HashSet<WorkItemRef>();
        var skipped = 0;
        ReadProblem? first = null;
        await foreach (var read in Records(file, mapping, cancellation))
        {
            if (read.Problem is not null)
            {
                first ??= read.Problem.IsNote ? null : read.Problem;
                skipped += read.Problem.IsNote ? 0 : 1;
                yield return new SourceRecord(read.Problem);
                continue;
            }

            var record = read.Record!;
            var item = builder.Build(record);
            foreach (var problem in record.Problems)
            {
                first ??= problem;
                yield return new SourceRecord(problem);
            }

            if (item is null)
                skipped++;
            else if (seen.Add(item.Ref))
                yield return new SourceRecord(item);
            else
                yield return new SourceRecord(new ReadProblem(record.Place, $"id '{item.Ref.Number}' is in the file already; the first record is kept."));
        }

        if (seen.Count == 0)
            throw NothingRead(file, builder.Untitled, skipped, first);
    }

    /// <summary>Digest of the file, its name, its mapping and this build of the reader.</summary>
    public async Task<string?> VersionAsync(SourceAddress source, CancellationToken cancellation)
    {
        var file = SourceFile.Find(source.Location, limits);
        // A mapping that is not there is told by the reader.
        if (source.Mapping is not null && !File.Exists(source.Mapping))
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{typeof(FileTracker).Module.ModuleVersionId}\n{file.Format}\n{file.Stem}\n{limits}\n"));
        hash.AppendData(await SourceFile.DigestAsync(file.Path, cancellation));
        if (source.Mapping is not null)
            hash.AppendData(await SourceFile.DigestAsync(source.Mapping, cancellation));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private IAsyncEnumerable<ReadRecord> Records(SourceFile file, FileMapping mapping, CancellationToken cancellation) => file.Format switch
    {
        FileFormat.JsonLines => JsonLinesReader.ReadAsync(file, mapping, limits, cancellation),
        FileFormat.JsonArray => JsonArrayReader.ReadAsync(file, mapping, cancellation),
        _ => CsvExportReader.ReadAsync(file, mapping, limits, cancellation),
    };

    private static UserErrorException NothingRead(SourceFile file, int untitled, int skipped, ReadProblem? first) => (untitled, skipped) switch
    {
        (_, 0) => new UserErrorException($"{file.Path} holds no record. Export it again; a backlog needs at least one."),
        _ when untitled == skipped => new UserErrorException(
            $"No record of {file.Path} has a title: nothing can be triaged without one. If the title has another name, say so in a mapping file: columns: {{ \"Its name\": title }}."),
        _ => new UserErrorException($"No record of {file.Path} could be read. The first problem, {first}"),
    };
}
