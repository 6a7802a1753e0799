using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Tests.RedTeam;

/// <summary>A played tracker that holds attacks.</summary>
internal interface IAttackedTracker : IAsyncDisposable
{
    string Name { get; }

    string Project { get; }

    /// <summary>Texts that only we and the tracker know.</summary>
    string Secret { get; }

    /// <summary>Host of its pages, with the port.</summary>
    string Host { get; }

    IEnumerable<KeyValuePair<string, string?>> Settings { get; }

    /// <returns>The item; its twin stands beside it.</returns>
    Task<WorkItemRef> PlantAsync(AttackedItem attack);

    /// <summary>All that stands in the project, but for comments.</summary>
    IReadOnlyDictionary<string, string> State();

    IReadOnlyList<string> OurComments(WorkItemRef item);

    /// <summary>Numbers of the items that were written to, or the path where it is none.</summary>
    IReadOnlyList<string> WrittenTo();

    /// <summary>People who were called by a text of ours.</summary>
    IReadOnlyList<string> Called { get; }
}
