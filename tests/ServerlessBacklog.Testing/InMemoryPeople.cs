using ServerlessBacklog.Triage.People;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Testing;

public sealed class InMemoryPeople : IPeopleDirectory
{
    private volatile PeopleDirectory people = PeopleDirectory.Empty;

    public Task<PeopleDirectory> LoadAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(people);
    }

    public Task SaveAsync(PeopleDirectory people, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        this.people = people;
        return Task.CompletedTask;
    }
}
