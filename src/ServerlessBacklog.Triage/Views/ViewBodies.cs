using System.Text.Json;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Views;

/// <summary>The stored view of each backlog: its head, which is small, and its table of items beside it. What cannot be read is worked out again.</summary>
internal sealed class ViewBodies(ISnapshotStore bodies)
{
    private const int FormatVersion = 2;

    public static IReadOnlyList<string> NamesOf(string backlog) => [HeadName(backlog), RowsName(backlog)];

    public async Task SaveAsync(string backlog, LoadedView view, CancellationToken cancellation)
    {
        var report = view.View.Report;
        await WriteAsync(RowsName(backlog), new Rows(FormatVersion, view.Version, report.Items, report.Closed), cancellation);
        await WriteAsync(HeadName(backlog), new Head(FormatVersion, view.Version, view.Mark, view.View with { Report = report with { Items = [], Closed = [] } }), cancellation);
    }

    /// <summary>The head of the view of that version; null when it is lost, damaged, or another has taken its place.</summary>
    public async Task<LoadedView?> HeadAsync(string backlog, string version, CancellationToken cancellation) =>
        await ReadAsync<Head>(HeadName(backlog), cancellation) is { Format: FormatVersion } head && head.Version == version
            ? new LoadedView(version, head.Mark, head.View, HasItems: false)
            : null;

    /// <summary>The same view with its table; null when that is lost, damaged, or of another view.</summary>
    public async Task<LoadedView?> WithItemsAsync(string backlog, LoadedView head, CancellationToken cancellation) =>
        await ReadAsync<Rows>(RowsName(backlog), cancellation) is { Format: FormatVersion } rows && rows.Version == head.Version
            ? head with { View = head.View with { Report = head.View.Report with { Items = rows.Items, Closed = rows.Closed } }, HasItems = true }
            : null;

    private Task WriteAsync<T>(string name, T body, CancellationToken cancellation) =>
        bodies.SaveAsync(name, stream => SealedBody.WriteAsync(stream, packed => JsonSerializer.SerializeAsync(packed, body, cancellationToken: cancellation), cancellation), cancellation);

    private async Task<T?> ReadAsync<T>(string name, CancellationToken cancellation)
        where T : class
    {
        try
        {
            await using var stream = await bodies.OpenAsync(name, cancellation);
            if (stream is null)
                return null;
            await using var unpacked = await SealedBody.OpenAsync(stream, cancellation);
            return await JsonSerializer.DeserializeAsync<T>(unpacked, cancellationToken: cancellation);
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException or EndOfStreamException)
        {
            return null;
        }
    }

    private static string HeadName(string backlog) => $"{backlog}/view";

    private static string RowsName(string backlog) => $"{backlog}/view-items";

    private sealed record Head(int Format, string Version, string Mark, BacklogView View);

    private sealed record Rows(int Format, string Version, IReadOnlyList<ReportItem> Items, IReadOnlyList<ReportItem> Closed);
}
