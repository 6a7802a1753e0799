using ServerlessBacklog.Adapters.Review;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>What the frame of every page shows: where things are, who looks, and at which backlog.</summary>
public sealed record Site
{
    public SitePaths Paths { get; init; } = new("");

    /// <summary>Goes with every form: it proves that the form comes from a page of ours.</summary>
    public string Token { get; init; } = "";

    /// <summary>Null when nobody is signed in, so that nothing can be answered.</summary>
    public PagePerson? Person { get; init; }

    /// <summary>The backlog that is looked at; null on pages of none.</summary>
    public string? Backlog { get; init; }

    /// <summary>Word of the page that is shown (<see cref="PageEntry.Word"/>).</summary>
    public string? Current { get; init; }

    /// <summary>How many asks wait in the backlog; null where that is not known.</summary>
    public int? Waiting { get; init; }

    /// <summary>Ways to sign in on this host.</summary>
    public IReadOnlyList<PageLink> SignIns { get; init; } = [];

    /// <summary>Every backlog that the person may see.</summary>
    public IReadOnlyList<string> Backlogs { get; init; } = [];

    /// <summary>Pages that this host has beside ours.</summary>
    public IReadOnlyList<PageLink> Links { get; init; } = [];

    /// <summary>What became of the last answer; null when there was none.</summary>
    public ReviewSaid? Said { get; init; }

    public bool CanAnswer => Person is not null;
}
