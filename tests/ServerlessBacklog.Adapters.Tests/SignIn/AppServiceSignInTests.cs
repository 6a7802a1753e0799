using System.Text;
using ServerlessBacklog.Adapters.SignIn;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.People;

namespace ServerlessBacklog.Adapters.Tests.SignIn;

public class AppServiceSignInTests
{
    private const string Id = "11111111-2222-3333-4444-555555555555";

    [Fact]
    public void A_GitHub_login_is_the_person_in_that_tracker()
    {
        var person = Read("""{"auth_typ":"github","claims":[{"typ":"urn:github:name","val":"Ada L."},{"typ":"urn:github:login","val":"ada"}]}""", "github", "ada");

        person.ShouldBe(new SignedInPerson("github", "ada", "ada"));
        person!.In("github", PeopleDirectory.Empty).ShouldBe(new Person("ada"));
        person.In("azuredevops", PeopleDirectory.Empty).ShouldBeNull();
    }

    [Fact]
    public void Somebody_of_Entra_is_who_the_directory_says()
    {
        var person = Read($$"""{"auth_typ":"aad","claims":[{"typ":"http://schemas.microsoft.com/identity/claims/objectidentifier","val":"{{Id}}"}]}""", "aad", "ada@example.com");

        person.ShouldBe(new SignedInPerson("entra", Id, "ada@example.com"));
        var directory = new PeopleDirectory([new PersonRecord("Ada") { Entra = Id, GitHub = "ada" }]);
        person!.In("github", directory).ShouldBe(new Person("ada"));
        person.In("github", PeopleDirectory.Empty).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"auth_typ":"google","claims":[]}""", "google")]
    [InlineData("""{"auth_typ":"aad","claims":[{"typ":"name","val":"ada"}]}""", "aad")]
    [InlineData("""{"auth_typ":"github","claims":[{"typ":"urn:github:name","val":"ada"}]}""", "github")]
    [InlineData("not json", "github")]
    [InlineData("null", null)]
    public void Nobody_else_is_taken_for_somebody(string principal, string? provider) => Read(principal, provider, "ada").ShouldBeNull();

    [Fact]
    public void Without_headers_nobody_has_signed_in() => AppServiceSignIn.Read(_ => null).ShouldBeNull();

    private static SignedInPerson? Read(string principal, string? provider, string name) => AppServiceSignIn.Read(header => header switch
    {
        "X-MS-CLIENT-PRINCIPAL" => Convert.ToBase64String(Encoding.UTF8.GetBytes(principal)),
        "X-MS-CLIENT-PRINCIPAL-IDP" => provider,
        "X-MS-CLIENT-PRINCIPAL-NAME" => name,
        _ => null,
    });
}
