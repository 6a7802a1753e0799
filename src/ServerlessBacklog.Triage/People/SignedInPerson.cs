using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.People;

/// <summary>Somebody who has proved to a host who they are.</summary>
/// <param name="System">Where: <c>github</c> or <c>entra</c>, as in <see cref="PeopleDirectory.Systems"/>.</param>
/// <param name="Login">Their name there: a GitHub login, an Entra object id.</param>
/// <param name="Shown">As they are greeted.</param>
public sealed record SignedInPerson(string System, string Login, string Shown)
{
    /// <summary>Who they are in a tracker; null when nobody has said so. Equal names in two systems may be two people, so none is guessed.</summary>
    /// <param name="tracker"><c>github</c> or <c>azuredevops</c>.</param>
    public Person? In(string tracker, PeopleDirectory directory) =>
        (tracker == System ? Login : directory.Find(System, Login)?.In(tracker)) is { } login ? new Person(login) : null;
}
