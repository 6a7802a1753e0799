using System.Runtime.CompilerServices;
using ServerlessBacklog.Adapters.Trackers.Files.Mapping;

namespace ServerlessBacklog.Adapters.Trackers.Files.Csv;

/// <summary>Reads a CSV export: once for its encoding, once for the order of day and month, once for its rows. One row is held at a time.</summary>
internal static class CsvExportReader
{
    private static readonly Field[] DateFields =
        [Field.CreatedAt, Field.UpdatedAt, Field.StartedAt, Field.ClosedAt, Field.MergedAt, Field.DueDate];

    public static async IAsyncEnumerable<ReadRecord> ReadAsync(
        SourceFile file, FileMapping mapping, FileLimits limits, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var text = await CsvText.DetectAsync(file, mapping, cancellation);
        using var rows = new CsvRows(text, file, limits);
        if (!await rows.NextAsync())
            yield break;
        var columns = CsvColumns.Read(rows.Current, file, mapping);
        var dates = await DatesAsync(text, file, limits, columns, cancellation);
        foreach (var note in Notes(text, columns, dates, mapping))
            yield return ReadRecord.Note(note);

        var sheet = new CsvSheet(columns, dates, mapping);
        while (await rows.NextAsync())
        {
            cancellation.ThrowIfCancellationRequested();
            if (rows.Fault(columns.Count) is { } fault)
                yield return new ReadRecord(rows.Place, fault);
            else if (!Array.TrueForAll(rows.Current, string.IsNullOrWhiteSpace))
                yield return new ReadRecord(new CsvRecord(rows.Place, rows.Current, sheet));
        }
    }

    private static async Task<NumericDates> DatesAsync(
        CsvText text, SourceFile file, FileLimits limits, CsvColumns columns, CancellationToken cancellation)
    {
        var dates = new NumericDates();
        var indexes = DateFields.SelectMany(columns.Of).Select(c => c.Index).ToList();
        using var rows = new CsvRows(text, file, limits);
        for (var isHeader = true; indexes.Count > 0 && await rows.NextAsync(); isHeader = false)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var index in indexes.Where(i => !isHeader && i < rows.Current.Length))
                dates.Observe(rows.Current[index]);
        }

        return dates;
    }

    private static IEnumerable<string> Notes(CsvText text, CsvColumns columns, NumericDates dates, FileMapping mapping)
    {
        if (text.IsFallback)
            yield return "the file is not UTF-8 and was read as Windows-1252; if letters look wrong, set encoding in a mapping file.";
        if (columns.Unused.Count > 0)
            yield return $"not used: {CsvColumns.Named(columns.Unused)}; map a column to one of our fields, or to ignore, with --mapping.";
        if (dates.Ambiguous is { } date && !dates.IsProven && mapping.DateFormat is null)
            yield return dates.IsContradictory
                ? $"some dates put the day first and others the month, so dates such as {date} are left out; set dateFormat in a mapping file."
                : $"nothing proves whether {date} names the day or the month first; it is read {(date.Contains('/') ? "month" : "day")} first. Set dateFormat in a mapping file.";
    }
}
