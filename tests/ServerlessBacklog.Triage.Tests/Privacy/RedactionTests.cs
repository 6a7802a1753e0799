using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Triage.Tests.Privacy;

public class RedactionTests
{
    private readonly Redaction redaction = new(new PrivacySettings(), ["octocat", "Grace Hopper", "q"]);

    public static TheoryData<string> Tokens => [.. PlantedSecrets.Tokens];

    public static TheoryData<string, string, string> Settings => [.. PlantedSecrets.Settings];

    [Theory]
    [MemberData(nameof(Tokens))]
    public void A_token_gives_place_to_a_sign_and_never_comes_back(string token)
    {
        var hidden = redaction.Hide($"It fails with {token} since Monday.");

        hidden.ShouldBe("It fails with [secret-1] since Monday.");
        redaction.Restore(hidden).ShouldBe("It fails with [secret] since Monday.");
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_secret_in_its_usual_place_is_hidden_and_the_place_stays_readable(string before, string secret, string after) =>
        redaction.Hide($"log:\n{before}{secret}{after}").ShouldBe($"log:\n{before}[secret-1]{after}");

    [Theory]
    [InlineData("ann@example.org", "email")]
    [InlineData("Ann.Lee+tickets@mail.example.co.uk", "email")]
    [InlineData("jürgen@müller.example", "email")]
    [InlineData("+49 30 1234567", "phone")]
    [InlineData("+1 (212) 555-0123", "phone")]
    [InlineData("+442079460958", "phone")]
    [InlineData("0044 20 7946 0958", "phone")]
    [InlineData("(212) 555-0123", "phone")]
    [InlineData("212-555-0123", "phone")]
    [InlineData("01 23 45 67 89", "phone")]
    [InlineData("0151/23456789", "phone")]
    [InlineData("020 7946 0958", "phone")]
    [InlineData("octocat", "person")]
    [InlineData("OctoCat", "person")]
    [InlineData("Grace Hopper", "person")]
    public void What_leads_to_a_person_gives_place_to_a_sign_and_comes_back(string value, string kind)
    {
        var hidden = redaction.Hide($"Ask {value}, or ({value}).");

        hidden.ShouldBe($"Ask [{kind}-1], or ([{kind}-1]).");
        redaction.Restore(hidden).ShouldBe($"Ask {value}, or ({value}).");
    }

    [Theory]
    [InlineData("commit 1a2b3c4d5e6f708192a3b4c5d6e7f80912345678 broke it")]
    [InlineData("sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("integrity sha512-aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYaB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYaB3dE5fG7hJ9kL1mN2pQ4r==")]
    [InlineData("crash bp-1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed")]
    [InlineData("{1B9D6BCD-BBFD-4B2D-9B5D-AB8DFBBD4BED}")]
    [InlineData("at 0x00007ff6b2c4a1d0 in libxul.so+0x4a1d0 [0x7ffd12345678]")]
    [InlineData("org.mozilla.seamonkey.MailComposeWindowControllerFactory2Test.testThatALongNameIsNoSecret1")]
    [InlineData("C:\\Users\\build\\AppData\\Local\\Temp\\tmp1a2b3c\\Release64\\x64\\bin\\AddressBookMain2Window.dll")]
    [InlineData("https://github.com/o/r/blob/main/src/Components2/MailNews/Base/Content/FolderPane17.js#L120")]
    [InlineData("aGVsbG8gd29ybGQ=")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:60.0) Gecko/20100101 Firefox/60.0 SeaMonkey/2.53.1")]
    [InlineData("version 102.15.1.20230904 and 2.53.18.1-b2, build 20230901123456")]
    [InlineData("#1234567890, bug 1603241, PR 20210")]
    [InlineData("2020-01-31 12:30:45.123456 +0100, 01-02-2020 12:30, 31.12.2020 08:15")]
    [InlineData("10.0.19041.1288 and 192.168.10.12:8080")]
    [InlineData("00000010  01 23 45 67 89 ab cd ef 01 23 45 67 89 ab cd ef")]
    [InlineData("frame #12 0 + 123456789, offset +1234567")]
    [InlineData("user_pref(\"signon.rememberSignons\", true); password: ********")]
    [InlineData("token: ${{ secrets.GITHUB_TOKEN }}")]
    [InlineData("api-key=<your key>, password=$PASSWORD, pwd=%PWD%")]
    [InlineData("the password: is not accepted since 2.3.1")]
    [InlineData("var token = CreateToken2(user1)")]
    [InlineData("git@github.com:o/r.git and icon@2x.png")]
    [InlineData("octocats are not octocat_2 nor Grace Hoppers; option -q")]
    [InlineData("[secret] [email] [x-1] [email-] [email-x]")]
    public void What_is_none_of_these_stays(string text) => redaction.Hide(text).ShouldBe(text);

    [Fact]
    public void The_same_value_has_the_same_sign_in_all_texts()
    {
        redaction.Hide("ann@example.org and bob@example.org").ShouldBe("[email-1] and [email-2]");
        redaction.Hide("bob@example.org again, @q too").ShouldBe("[email-2] again, @[person-1] too");

        redaction.Restore("Ask [email-2], then @[person-1]; [email-9] is nobody.").ShouldBe("Ask bob@example.org, then @q; [email-9] is nobody.");
        redaction.Counts.ShouldBe(new Dictionary<string, int> { ["email"] = 2, ["person"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public void A_sign_that_the_author_wrote_is_not_taken_for_ours()
    {
        redaction.Hide("ann@example.org").ShouldBe("[email-1]");

        var hidden = redaction.Hide("Write to [email-1], not [~email-1] or [secret-7].");

        hidden.ShouldBe("Write to [~email-1], not [~~email-1] or [~secret-7].");
        redaction.Restore(hidden).ShouldBe("Write to [email-1], not [~email-1] or [secret-7].");
    }

    [Fact]
    public void Names_stay_where_personal_data_may_be_sent()
    {
        new Redaction(new PrivacySettings { HideNames = false }, ["octocat"]).Hide("Ask octocat.").ShouldBe("Ask octocat.");
        new Redaction(new PrivacySettings { Fields = new() { Most = DataClass.Personal } }, ["octocat"]).Hide("Ask octocat at a@b.org.").ShouldBe("Ask octocat at [email-1].");
    }

    [Theory]
    [InlineData("refused by 192.168.10.12:8080", "refused by [address-1]:8080")]
    [InlineData("from 2001:db8::8a2e:370:7334 at 12:30:45", "from [address-1] at 12:30:45")]
    [InlineData("127.0.0.1, ::1, 0.0.0.0 and v10.0.19041.1288", "127.0.0.1, ::1, 0.0.0.0 and v10.0.19041.1288")]
    public void Addresses_of_machines_are_hidden_where_configured(string text, string hidden) =>
        new Redaction(new PrivacySettings { HideAddresses = true }).Hide(text).ShouldBe(hidden);

    [Theory]
    [InlineData("<b>", "</b>")]
    [InlineData("**", "**")]
    [InlineData("", "\n> ")]
    [InlineData("`", "`")]
    public void A_token_in_pieces_is_found(string first, string second)
    {
        var token = "gh" + "p_" + PlantedSecrets.Mixed(36);

        redaction.Hide($"see {token[..9]}{first}{token[9..20]}{second}{token[20..]} .").ShouldBe("see [secret-1] .");
    }

    [Fact]
    public void All_of_a_key_goes_and_what_follows_stays() =>
        redaction.Hide("{\"key\":\"-----BEGIN " + "PRIVATE KEY-----\\n" + PlantedSecrets.Mixed(64) + "\\n-----END " + "PRIVATE KEY-----\\n\",\"n\":1}")
            .ShouldBe("{\"key\":\"[secret-1]\\n\",\"n\":1}");
}
