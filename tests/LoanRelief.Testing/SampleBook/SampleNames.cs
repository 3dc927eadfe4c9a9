using LoanRelief.Domain.Loans;

namespace LoanRelief.Testing.SampleBook;

/// <summary>Names that nobody bears: every one says 样例, sample.</summary>
internal sealed class SampleNames(SampleRandom random)
{
    private static readonly string[] Marks =
    [
        "青禾", "云帆", "晨露", "远山", "归雁", "听雨", "踏浪", "望岳", "新竹", "暖阳",
        "石泉", "松涛", "飞鸿", "清渠", "白鹭", "长桥", "金穗", "苍梧", "银杏", "江枫",
    ];

    private static readonly string[] Surnames = ["赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨"];

    private static readonly string[] Given = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];

    private readonly HashSet<string> _given = [];

    /// <summary>A name that has not been given yet.</summary>
    public string For(BorrowerKind kind, string district, string industry)
    {
        while (true)
        {
            var name = kind switch
            {
                BorrowerKind.SmallOrMicroFirm or BorrowerKind.MediumFirm => $"{district}{random.Pick(Marks)}样例{industry}有限公司",
                BorrowerKind.SelfEmployed => $"{district}{random.Pick(Marks)}样例{industry}店",
                _ => Person(),
            };
            if (_given.Add(name))
                return name;
        }
    }

    public string Person() => $"{random.Pick(Surnames)}样例{random.Pick(Given)}";
}
