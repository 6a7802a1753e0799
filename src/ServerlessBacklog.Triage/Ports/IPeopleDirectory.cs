using ServerlessBacklog.Triage.People;

namespace ServerlessBacklog.Triage.Ports;

/// <summary>Where the records of people are kept.</summary>
public interface IPeopleDirectory
{
    /// <summary>Everybody who is known. Cheap while nothing changes.</summary>
    Task<PeopleDirectory> LoadAsync(CancellationToken cancellation);

    /// <summary>Takes the place of everything that was known.</summary>
    Task SaveAsync(PeopleDirectory people, CancellationToken cancellation);
}
