using ServerlessBacklog.Adapters.Trackers.Files.Json;
using ServerlessBacklog.Adapters.Trackers.Files.Mapping;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Evaluation;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.Files;

/// <summary>Reads labelled data sets (JSON Lines, also gzip'd): as an import does, but titles may be missing and everything is kept in memory.</summary>
public static class LabelledFile
{
    /// <summary>The records of all files, one after the other. Of two with the same project and id the first is kept.</summary>
    public static async Task<IReadOnlyList<LabelledItem>> ReadAsync(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var items = new List<LabelledItem>();
        var seen = new HashSet<WorkItemRef>();
        foreach (var path in paths)
        {
            var before = items.Count;
            var file = SourceFile.Find(path, FileLimits.Default);
            if (file.Format != FileFormat.JsonLines)
                throw new UserErrorException($"{path} is no JSON Lines file. Labelled data is read from .jsonl or .jsonl.gz, one object a line (docs/evaluation.md).");
            var builder = new ItemBuilder(FileMapping.None, file.Stem, titlesNeeded: false);
            ReadProblem? first = null;
            await foreach (var read in JsonLinesReader.ReadAsync(file, FileMapping.None, FileLimits.Default, cancellation))
            {
                first ??= read.Problem;
                if (read.Record is not { } record)
                    continue;
                if (builder.Build(record) is not { } item)
                    first ??= record.Problems is [var problem, ..] ? problem : null;
                else if (seen.Add(item.Ref))
                    items.Add(Labelled(item, items.Count, record));
            }

            if (items.Count == before && first is { } worst)
                throw new UserErrorException($"No record of {path} could be read. The first problem, {worst}");
        }

        return items;
    }

    private static LabelledItem Labelled(WorkItem item, int place, ItemRecord record) => new(item, place, record.Text(Field.Split))
    {
        Vague = record.Flag(Field.Vague),
        LowValue = record.Flag(Field.LowValue),
        Protected = record.Text(Field.Protected),
        IsHeldOut = record.Flag(Field.HeldOut) == true,
    };
}
