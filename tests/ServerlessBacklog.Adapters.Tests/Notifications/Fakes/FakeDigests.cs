using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Notifications;

namespace ServerlessBacklog.Adapters.Tests.Notifications.Fakes;

internal sealed class FakeDigests : IDigestSource
{
    public List<(DigestKind Kind, string? Person, string Window)> Built { get; } = [];

    public bool HasNothing { get; set; }

    public static Digest Of(DigestKind kind, string title = "The week in short") => new()
    {
        Kind = kind,
        Backlog = "owner/repo",
        Title = title,
        AsOf = An.Instant,
        Figures = [new DigestFigure("counts.open", "Open items", 12, "12")],
        Sections =
        [
            new DigestSection("What to do first")
            {
                Lines = ["12 items are open."],
                Items = [new DigestItem("#12", "Crash on save", new Uri("https://github.com/owner/repo/issues/12"), "it blocks two others")],
                Chart = new DigestChart("Open items", "Open items went from 10 to 12.", ChartForm.Lines, ["1", "2"], [new ChartSeries("open", [10, 12])]),
            },
        ],
    };

    public Task<Digest?> BuildAsync(DigestKind kind, string backlog, string? person, string window, CancellationToken cancellation)
    {
        Built.Add((kind, person, window));
        return Task.FromResult(HasNothing ? null : Of(kind));
    }
}
