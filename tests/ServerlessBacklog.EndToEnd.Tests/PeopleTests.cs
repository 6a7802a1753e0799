namespace ServerlessBacklog.EndToEnd.Tests;

public sealed class PeopleTests
{
    [Fact]
    public async Task People_are_imported_and_listed_and_a_faulty_file_changes_nothing()
    {
        using var program = new Backlog();
        program.Write("people.yml", "people:\n  - {name: Ada Lovelace, github: ada, slack: U1}\n  - {name: Bob, mail: bob@contoso.com}\n");
        program.Write("wrong.yml", "people:\n  - {name: Eve, github: eve}\n  - {name: Eva, github: EVE}\n");

        (await program.RunAsync("people", "import", "people.yml")).ShouldEndWith(0).Output.ShouldContain("2 people are known now");
        (await program.RunAsync("people", "import", "wrong.yml")).ShouldEndWith(1).Errors.ShouldContain("wrong.yml, line 3: 'Eva' and 'Eve' both claim github 'EVE'");

        var listed = (await program.RunAsync("people", "list")).ShouldEndWith(0).Output;
        listed.ShouldContain("Ada Lovelace");
        listed.ShouldContain("bob@contoso.com");
        listed.ShouldNotContain("Eve");
    }

    [Fact]
    public async Task People_of_an_export_are_not_asked_for()
    {
        using var program = new Backlog();
        program.Write("a.csv", "id,title,assignee\n1,Crash on save,ada\n");
        (await program.RunAsync("import", "file:a.csv")).ShouldEndWith(0);

        (await program.RunAsync("people", "unmapped", "--json")).ShouldEndWith(0).Output.Trim().ShouldBe("[]");
    }
}
