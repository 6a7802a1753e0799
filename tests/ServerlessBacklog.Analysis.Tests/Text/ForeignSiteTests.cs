using ServerlessBacklog.Analysis.Text;

namespace ServerlessBacklog.Analysis.Tests.Text;

public sealed class ForeignSiteTests
{
    [Theory]
    [InlineData("www.example-shop.nl - Menu does not work", "Steps: https://www.example-shop.nl/ Tested with Firefox.", "example-shop.nl")]
    [InlineData("Impossible to login on coupons.example.de", "Same effect with button 'Categories' on the same page. Works fine elsewhere.", "example.de")]
    [InlineData("Page images rendered much larger than intended", "Go to main page of <https://www.telco.com.au/>. Firefox 98.0.1 renders this page correctly.", "telco.com.au")]
    [InlineData("Particular web page shows nothing", "Visit https://www.broadcaster.de/. Not a matter of the version, also a problem with 2.46. No others with [this query](https://bugzilla.mozilla.org/buglist.cgi?x=1).", "broadcaster.de")]
    public void A_report_that_one_site_looks_wrong_is_about_that_site(string title, string body, string site) => Of(title, body).ShouldBe(site);

    [Theory]
    [InlineData("www.shop.nl - Menu does not work", "https://www.shop.nl/ Many internetsites have this problem.")]
    [InlineData("www.shop.nl - Menu does not work", "https://www.shop.nl/ Was working in version 2.53.17.")]
    [InlineData("www.shop.nl - Menu does not work", "https://www.shop.nl/ The browser crashes when the menu opens.")]
    [InlineData("www.shop.nl shows nothing", "https://www.shop.nl/ This is bug 1773873 again.")]
    [InlineData("www.shop.nl, www.news.de and www.post.fr show nothing", "All blank.")]
    [InlineData("Pasting loses the font", "Earlier versions did not behave so. My page is https://www.diner.com/today.html")]
    [InlineData("Link to a video is not copied", "Open a list of videos, e.g. https://www.videos.com/list, and copy a link on the page")]
    [InlineData("Rename view to view-fn", "See spec/api.md and core.clj; the name says something else.")]
    [InlineData("The release page of the project is wrong", "https://www.myproject-project.org/releases/ lists two archives on one page.")]
    public void A_report_with_a_cause_a_version_or_more_sites_is_not(string title, string body) => Of(title, body).ShouldBeNull();

    private static string? Of(string title, string body) => ForeignSite.Of(title, body, TextSignal.Find(title, body), ["myproject"]);
}
