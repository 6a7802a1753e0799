using CsvHelper;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.Files.Csv;

/// <summary>Walks the rows of a CSV file and knows on which lines each stands.</summary>
internal sealed class CsvRows : IDisposable
{
    private readonly CsvParser parser;
    private readonly SourceFile file;
    private readonly FileLimits limits;
    private int firstLine;
    private int lastLine;
    private bool isBad;

    public CsvRows(CsvText text, SourceFile file, FileLimits limits)
    {
        (this.file, this.limits) = (file, limits);
        parser = text.Open(file, limits.MaxRecordBytes, () => isBad = true);
    }

    public string[] Current { get; private set; } = [];

    public string Place => firstLine == lastLine ? $"line {firstLine}" : $"lines {firstLine} to {lastLine}";

    public async ValueTask<bool> NextAsync()
    {
        isBad = false;
        firstLine = parser.RawRow + 1;
        try
        {
            if (!await parser.ReadAsync())
                return false;
            Current = parser.Record ?? [];
        }
        catch (MaxFieldSizeException endless)
        {
            throw new UserErrorException(
                $"{file.Path}: a field that begins at line {firstLine} is longer than {limits.MaxRecordBytes >> 20} MiB. A quote there is probably never closed.", endless);
        }

        lastLine = parser.RawRow;
        return true;
    }

    /// <summary>What makes the current row unreadable; null for nothing. Missing cells at the end are blank: Excel drops them.</summary>
    public string? Fault(int columns)
    {
        if (isBad || (firstLine != lastLine && parser.RawRecord.Count('"') % 2 != 0))
            return "a quote is not closed or not doubled; write \"\" for a quote inside a quoted field. What stands there is skipped.";
        return Current.Skip(columns).Any(c => c.Length > 0)
            ? $"the row has {Current.Length} cells, the header {columns}; put cells that hold the delimiter in quotes. It is skipped."
            : null;
    }

    public void Dispose() => parser.Dispose();
}
