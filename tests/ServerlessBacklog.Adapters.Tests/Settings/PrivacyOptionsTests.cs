using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Adapters.Settings;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Adapters.Tests.Settings;

public class PrivacyOptionsTests
{
    [Fact]
    public void By_default_texts_may_be_sent_and_people_not()
    {
        var privacy = Read();

        privacy.HidesNames.ShouldBeTrue();
        privacy.Fields.MaySend(ItemField.Body).ShouldBeTrue();
        privacy.Fields.MaySend(ItemField.Labels).ShouldBeTrue();
        privacy.Fields.MaySend(ItemField.Reporter).ShouldBeFalse();
        privacy.Fields.MaySend(ItemField.ReactionPeople).ShouldBeFalse();
    }

    [Fact]
    public void Classes_and_the_highest_of_them_are_chosen()
    {
        var privacy = Read(("Privacy:MaySend", "Personal"), ("Privacy:Fields:Comments", "secret"), ("Privacy:HideAddresses", "true"), ("Privacy:KeepAnswersDays", "3"));

        privacy.Fields.MaySend(ItemField.Reporter).ShouldBeTrue();
        privacy.Fields.MaySend(ItemField.Comments).ShouldBeFalse();
        privacy.HidesNames.ShouldBeFalse();
        privacy.HideAddresses.ShouldBeTrue();
        privacy.Retention.AnswerDays.ShouldBe(3);
    }

    [Theory]
    [InlineData("Privacy:MaySend", "secret", "Secrets are never sent")]
    [InlineData("Privacy:MaySend", "all", "Write public, internal, personal, secret.")]
    [InlineData("Privacy:Fields:Bodi", "public", "Did you mean 'Body'?")]
    [InlineData("Privacy:Fields:Body", "open", "Write public")]
    [InlineData("Privacy:HideNames", "no", "Write true or false.")]
    [InlineData("Privacy:KeepDeliveriesDays", "0", "from 1 to 365")]
    public void What_is_wrong_is_told_with_the_way_out(string key, string value, string mend) =>
        Should.Throw<UserErrorException>(() => Read((key, value))).Message.ShouldContain(mend);

    private static PrivacySettings Read(params (string Key, string Value)[] settings) =>
        PrivacyOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))).Build());
}
