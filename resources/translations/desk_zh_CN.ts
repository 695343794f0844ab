<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About Supervision Desk</source>
        <translation>关于督办工作台</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Built with</source>
        <translation>所用组件</translation>
    </message>
    <message>
        <source>Icons</source>
        <translation>图标</translation>
    </message>
    <message>
        <source>Supervision Desk</source>
        <translation>督办工作台</translation>
    </message>
    <message>
        <source>For the supervision office of a city&apos;s 12345 hotline.</source>
        <translation>供城市 12345 热线督办工作使用。</translation>
    </message>
</context>
<context>
    <name>ActionBar</name>
    <message>
        <source>{actions}: {reason}</source>
        <translation>{actions}：{reason}</translation>
    </message>
</context>
<context>
    <name>Aftermath</name>
    <message>
        <source>Take the next</source>
        <translation>领取下一位</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一位</translation>
    </message>
    <message>
        <source>Visit completed</source>
        <translation>回访完成</translation>
    </message>
    <message>
        <source>Recorded: {outcome}</source>
        <translation>已记录：{outcome}</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Nobody else waits to be called now.</source>
        <translation>目前没有其他可拨打的诉求人。</translation>
    </message>
    <message>
        <source>A valid visit: it counts in the three rates.</source>
        <translation>有效回访，计入三率。</translation>
    </message>
    <message>
        <source>Reached, but not a valid visit: no rating was given.</source>
        <translation>已接通，但不是有效回访：诉求人不评价。</translation>
    </message>
    <message>
        <source>Proposed: send the case back for rework.</source>
        <translation>建议：发回重办。</translation>
    </message>
    <message>
        <source>Proposed: a supervision notice. The case was reworked before and is still not settled.</source>
        <translation>建议：督办。该工单此前已重办，仍未解决。</translation>
    </message>
    <message>
        <source>The file says done, the citizen says otherwise: this may be a finding.</source>
        <translation>单位称已办结，诉求人说法不同，可能构成检查问题。</translation>
    </message>
    <message>
        <source>The citizen was pressed for a good rating: this may be a finding.</source>
        <translation>有人要求诉求人给好评，可能构成检查问题。</translation>
    </message>
    <message>
        <source>The result of the report was not told: this is a finding.</source>
        <translation>举报结果未告知诉求人，构成检查问题。</translation>
    </message>
    <message>
        <source>The supervision officers see this with the case.</source>
        <translation>督办员在工单中可以看到。</translation>
    </message>
    <message>
        <source>Ask the unit for its record of contact; nobody calls this number again.</source>
        <translation>请向承办单位索取联系记录；此号码不再拨打。</translation>
    </message>
    <message>
        <source>No further call is permitted.</source>
        <translation>不能再拨打。</translation>
    </message>
    <message>
        <source>Agreed with the citizen: call again {time}.</source>
        <translation>已与诉求人约定：{time} 再拨。</translation>
    </message>
    <message>
        <source>Draft a supervision notice</source>
        <translation>起草督办单</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开工单</translation>
    </message>
    <message>
        <source>{n} calls in vain: the citizen counts as unreachable.</source>
        <translation>已拨打 {n} 次未果，记为联系不上。</translation>
    </message>
    <message>
        <source>The citizen does not want the visit: nobody calls again.</source>
        <translation>诉求人拒绝回访，不再拨打。</translation>
    </message>
    <message>
        <source>Draft a finding {code}</source>
        <translation>起草检查问题 {code}</translation>
    </message>
    <message>
        <source>Next call: {when}. {left} of {all} calls left.</source>
        <translation>下次拨打：{when}。共 {all} 次，还剩 {left} 次。</translation>
    </message>
    <message>
        <source>It looks at a rectification, not at the handling: it counts in none of the three rates.</source>
        <translation>本次回访核验整改情况，不评价办理，不计入三率。</translation>
    </message>
    <message>
        <source>Sent back for rework. The unit gets the case anew, with the limit of a rework.</source>
        <translation>已发回重办。工单重新派给承办单位，按重办时限计时。</translation>
    </message>
    <message>
        <source>Send back for rework…</source>
        <translation>发回重办…</translation>
    </message>
</context>
<context>
    <name>AnswerPanel</name>
    <message>
        <source>Our position</source>
        <translation>本单位意见</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答复内容</translation>
    </message>
    <message>
        <source>Acknowledge receipt</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>Draft restored</source>
        <translation>已恢复草稿</translation>
    </message>
    <message>
        <source>{who}, {when}</source>
        <translation>{who} {when}</translation>
    </message>
    <message>
        <source>promised for {time}</source>
        <translation>承诺时限 {time}</translation>
    </message>
    <message>
        <source>answer until {time}</source>
        <translation>{time} 前答复</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>May be left empty.</source>
        <translation>可不填写。</translation>
    </message>
    <message>
        <source>Record, send later</source>
        <translation>稍后发送</translation>
    </message>
    <message>
        <source>Acknowledge urge</source>
        <translation>确认已收到催办</translation>
    </message>
    <message>
        <source>Send reply</source>
        <translation>提交答复</translation>
    </message>
    <message>
        <source>Report rectification</source>
        <translation>报告整改完成</translation>
    </message>
    <message>
        <source>choose your position first</source>
        <translation>请先选择本单位意见</translation>
    </message>
    <message>
        <source>write the answer first</source>
        <translation>请先填写答复内容</translation>
    </message>
    <message>
        <source>{what} on {number} answered, {sending}</source>
        <translation>{number} 的{what}已答复，{sending}</translation>
    </message>
    <message>
        <source>Receipt recorded, {sending}</source>
        <translation>签收已记录，{sending}</translation>
    </message>
    <message>
        <source>is being sent</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>Draft kept {time}</source>
        <translation>草稿已存 {time}</translation>
    </message>
    <message>
        <source>We accept it</source>
        <translation>认可</translation>
    </message>
    <message>
        <source>We explain</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>We dispute it</source>
        <translation>申辩</translation>
    </message>
    <message>
        <source>Files with the answer</source>
        <translation>随答复提交的附件</translation>
    </message>
    <message>
        <source>Say what we will do</source>
        <translation>提出整改措施</translation>
    </message>
    <message>
        <source>Ask for a review</source>
        <translation>申请复核</translation>
    </message>
    <message>
        <source>overdue {span}</source>
        <translation>已逾期 {span}</translation>
    </message>
    <message>
        <source>Send all the same</source>
        <translation>仍然发送</translation>
    </message>
    <message>
        <source>{span} of working time left</source>
        <translation>剩余工作时间 {span}</translation>
    </message>
    <message>
        <source>Send the contact log</source>
        <translation>提供联系记录</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>Your own desk is open in another window already.</source>
        <translation>您自己的工作台已在另一个窗口中打开。</translation>
    </message>
    <message>
        <source>The program was cut off last time, and the log of its last minutes is gone. Please look whether your latest entries are in the outbox.</source>
        <translation>程序上次意外中断，且最后几分钟的日志已丢失。请在“待发送”中核对最近的记录是否齐全。</translation>
    </message>
    <message>
        <source>The disk is almost full. New cases are not fetched; your own work still goes out.</source>
        <translation>磁盘空间即将用尽。暂停获取新工单，您的工作内容仍会照常发送。</translation>
    </message>
    <message>
        <source>The disk is full. Nothing new can be recorded until there is room; your text stays here.</source>
        <translation>磁盘已满。腾出空间之前无法记录新内容，您的文字会保留在此。</translation>
    </message>
    <message>
        <source>Something unexpected happened. You can go on working; a report can be saved.</source>
        <translation>发生了意外错误。您可以继续工作，也可以保存一份报告。</translation>
    </message>
    <message>
        <source>Look at the report…</source>
        <translation>查看报告…</translation>
    </message>
    <message>
        <source>The report is in {folder}</source>
        <translation>报告在 {folder}</translation>
    </message>
    <message>
        <source>The report could not be saved.</source>
        <translation>报告未能保存。</translation>
    </message>
</context>
<context>
    <name>ApplyBox</name>
    <message>
        <source>Apply for</source>
        <translation>申请事项</translation>
    </message>
    <message>
        <source>An extension</source>
        <translation>延期</translation>
    </message>
    <message>
        <source>A return</source>
        <translation>退单</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>延长</translation>
    </message>
    <message>
        <source>working days</source>
        <translation>个工作日</translation>
    </message>
    <message>
        <source>Belongs to (as you see it)</source>
        <translation>本单位认为应由</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>佐证材料</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>提交申请</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>审核意见</translation>
    </message>
    <message>
        <source>Words for the citizen</source>
        <translation>告知诉求人的话</translation>
    </message>
    <message>
        <source>{caption}: {text}</source>
        <translation>{caption}：{text}</translation>
    </message>
    <message>
        <source>Extension by {days} working days</source>
        <translation>延期 {days} 个工作日</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Record, send later</source>
        <translation>先记下，稍后发送</translation>
    </message>
    <message>
        <source>write the reason first</source>
        <translation>请先写明理由</translation>
    </message>
    <message>
        <source>is being sent</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>Application on {number} recorded, {sending}</source>
        <translation>{number} 的申请已登记，{sending}</translation>
    </message>
</context>
<context>
    <name>ApprovalBox</name>
    <message>
        <source>Reason for returning it</source>
        <translation>退回修改的理由</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Return for changes</source>
        <translation>退回修改</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>督办理由</translation>
    </message>
    <message>
        <source>What is required</source>
        <translation>办理要求</translation>
    </message>
    <message>
        <source>The author needs a reason</source>
        <translation>请写明退回理由</translation>
    </message>
    <message>
        <source>Nobody approves their own act.</source>
        <translation>不得审批本人提交的事项。</translation>
    </message>
    <message>
        <source>{who} asks for your signature: {act} to {unit}, {when}</source>
        <translation>{who} 报请审批：{act}，发往{unit}，{when}</translation>
    </message>
    <message>
        <source>{act} on {number} approved; the server gives it its number</source>
        <translation>{number} 的{act}已批准，编号由服务器给出</translation>
    </message>
    <message>
        <source>{act} on {number} returned to its author</source>
        <translation>{number} 的{act}已退回起草人</translation>
    </message>
    <message>
        <source>Urgent report</source>
        <translation>要情专报</translation>
    </message>
    <message>
        <source>{who} asks for your signature: {act}, {when}</source>
        <translation>{who} 报请审批：{act}，{when}</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>How many people</source>
        <translation>涉及人数</translation>
    </message>
    <message>
        <source>Done so far</source>
        <translation>已采取措施</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>报送对象</translation>
    </message>
</context>
<context>
    <name>AreaSwitch</name>
    <message>
        <source>My units</source>
        <translation>分管单位</translation>
    </message>
    <message>
        <source>Whole city</source>
        <translation>全市</translation>
    </message>
</context>
<context>
    <name>ArrangeSheet</name>
    <message>
        <source>A return visit of its own</source>
        <translation>新开一次回访</translation>
    </message>
    <message>
        <source>Looked at by</source>
        <translation>核实方式</translation>
    </message>
    <message>
        <source>Booked for</source>
        <translation>预约时间</translation>
    </message>
    <message>
        <source>May be left empty: the queue of return visits then says when.</source>
        <translation>可不填，由回访队列安排时间。</translation>
    </message>
    <message>
        <source>A visit of its own looks at the rectification and counts in no rate.</source>
        <translation>专门发起的回访只核验整改情况，不计入三率。</translation>
    </message>
</context>
<context>
    <name>AskRows</name>
    <message>
        <source>Time limit state</source>
        <translation>时限状态</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>诉求事项</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Asked by</source>
        <translation>提出人</translation>
    </message>
    <message>
        <source>Answer until</source>
        <translation>答复时限</translation>
    </message>
    <message>
        <source>Urge</source>
        <translation>催办</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>检查问题</translation>
    </message>
    <message>
        <source>Rectification</source>
        <translation>整改</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Contact log</source>
        <translation>联系记录</translation>
    </message>
    <message>
        <source>with the office</source>
        <translation>待核查</translation>
    </message>
</context>
<context>
    <name>AskWords</name>
    <message>
        <source>{means}, reached {person}</source>
        <translation>{means}，联系到 {person}</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Text of the message</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>What the unit said</source>
        <translation>单位答复</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>督办依据</translation>
    </message>
    <message>
        <source>What is required</source>
        <translation>要求</translation>
    </message>
    <message>
        <source>Our reply</source>
        <translation>本单位答复</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>问题事实</translation>
    </message>
    <message>
        <source>It rests on</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>What the inspector looks at</source>
        <translation>检查对照项目</translation>
    </message>
    <message>
        <source>{stance}: {who}, {when}</source>
        <translation>{stance}：{who}，{when}</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Say when, by what means and with whom you spoke. Telephone numbers are taken out.</source>
        <translation>请写明何时、以何种方式、与何人联系。电话号码会被隐去。</translation>
    </message>
    <message>
        <source>Asked of us</source>
        <translation>向我单位索要</translation>
    </message>
    <message>
        <source>How to answer</source>
        <translation>怎样答复</translation>
    </message>
</context>
<context>
    <name>AskedView</name>
    <message>
        <source>Asked of my unit</source>
        <translation>待我办理</translation>
    </message>
    <message>
        <source>Nothing is asked of your unit</source>
        <translation>没有待本单位办理的事项</translation>
    </message>
    <message>
        <source>Urges, supervision notices, findings and rectifications appear here with the time left.</source>
        <translation>催办、督办单、检查问题和整改会显示在这里，并注明剩余时间。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>未选择事项</translation>
    </message>
    <message>
        <source>Choose a line to read what is asked and to answer it.</source>
        <translation>选择一行，查看要求并答复。</translation>
    </message>
    <message>
        <source>Show among our tickets</source>
        <translation>在本单位工单中查看</translation>
    </message>
    <message>
        <source>What is asked</source>
        <translation>办理要求</translation>
    </message>
</context>
<context>
    <name>BoardFacts</name>
    <message>
        <source>Handle the matter anew and report the result with proof.</source>
        <translation>请重新办理，并附佐证材料报告办理结果。</translation>
    </message>
    <message>
        <source>The file: {unit} said done on {time}: “{answer}”</source>
        <translation>办理记录：{unit}于 {time} 答复办结：“{answer}”</translation>
    </message>
    <message>
        <source>The citizen, visited on {time}: {answers}</source>
        <translation>诉求人方面：{time} 回访，诉求人表示：{answers}</translation>
    </message>
    <message>
        <source>The evidence: {sentences}</source>
        <translation>佐证方面：{sentences}</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
</context>
<context>
    <name>BoardPage</name>
    <message>
        <source>Contradictions</source>
        <translation>矛盾核查</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Signs</source>
        <translation>迹象</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Alike in the unit</source>
        <translation>本单位同类情形</translation>
    </message>
    <message>
        <source>Visited</source>
        <translation>回访时间</translation>
    </message>
    <message>
        <source>Draft a finding F01 with its citations</source>
        <translation>起草虚假办结问题（F01）并带上引用</translation>
    </message>
    <message>
        <source>Put the case aside, or take it up again</source>
        <translation>搁置这一件，或重新列入</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开工单</translation>
    </message>
    <message>
        <source>Next, previous case</source>
        <translation>下一件、上一件</translation>
    </message>
    <message>
        <source>List, three sides</source>
        <translation>列表、三方对照</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>这里没有内容</translation>
    </message>
    <message>
        <source>Contradictions · {queue}</source>
        <translation>矛盾核查 · {queue}</translation>
    </message>
    <message>
        <source>Take it up again</source>
        <translation>重新列入</translation>
    </message>
    <message>
        <source>Put aside</source>
        <translation>搁置</translation>
    </message>
</context>
<context>
    <name>BoardQueues</name>
    <message>
        <source>To decide</source>
        <translation>待核查</translation>
    </message>
    <message>
        <source>Put aside</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>Finding registered</source>
        <translation>已登记问题</translation>
    </message>
    <message>
        <source>No visit contradicts a file that nobody has decided on.</source>
        <translation>没有待核查的回访与办理记录相矛盾的工单。</translation>
    </message>
    <message>
        <source>You have put no case aside.</source>
        <translation>您没有搁置任何工单。</translation>
    </message>
    <message>
        <source>No contradiction has become a finding yet.</source>
        <translation>还没有矛盾工单登记为问题。</translation>
    </message>
</context>
<context>
    <name>BookingPanel</name>
    <message>
        <source>Book the return visit</source>
        <translation>预约回访</translation>
    </message>
    <message>
        <source>Permitted times</source>
        <translation>可预约的时段</translation>
    </message>
    <message>
        <source>Day and time</source>
        <translation>日期和时间</translation>
    </message>
    <message>
        <source>The citizen named this time</source>
        <translation>诉求人指定的时间</translation>
    </message>
    <message>
        <source>Who calls</source>
        <translation>由谁回访</translation>
    </message>
    <message>
        <source>Anyone</source>
        <translation>任何人</translation>
    </message>
    <message>
        <source>Note for the caller</source>
        <translation>给回访员的备注</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>预约</translation>
    </message>
    <message>
        <source>Take the booking back</source>
        <translation>取消预约</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>No further call is permitted.</source>
        <translation>不能再拨打。</translation>
    </message>
    <message>
        <source>Book, send later</source>
        <translation>预约，稍后发送</translation>
    </message>
    <message>
        <source>Booked for {time}, {name} calls.</source>
        <translation>已预约 {time}，由{name}回访。</translation>
    </message>
    <message>
        <source>Booked for {time}.</source>
        <translation>已预约 {time}。</translation>
    </message>
</context>
<context>
    <name>BulkPanel</name>
    <message>
        <source>Cases chosen</source>
        <translation>所选工单</translation>
    </message>
    <message>
        <source>Means</source>
        <translation>催办方式</translation>
    </message>
    <message>
        <source>Text for all</source>
        <translation>统一文本</translation>
    </message>
    <message>
        <source>Number, matter and time limit of each case stand before it.</source>
        <translation>每件前面自动写明工单编号、事项和时限。</translation>
    </message>
    <message>
        <source>Who calls</source>
        <translation>回访员</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Copy texts</source>
        <translation>复制文本</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>At most {n} at once: the first {n} are here.</source>
        <translation>一次最多 {n} 件：这里是前 {n} 件。</translation>
    </message>
    <message>
        <source>Please handle it at once and tell us today when it will be done.</source>
        <translation>请立即办理，并于今日告知办结时间。</translation>
    </message>
    <message numerus="yes">
        <source>Urge %n case(s)</source>
        <translation>
            <numerusform>催办 %n 件工单</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Record %n urge(s)</source>
        <translation>
            <numerusform>登记 %n 次催办</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Assign the return visits of %n case(s)</source>
        <translation>
            <numerusform>分派 %n 件工单的回访</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Assign %n visit(s)</source>
        <translation>
            <numerusform>分派 %n 件回访</numerusform>
        </translation>
    </message>
    <message>
        <source>No case is chosen that it is permitted on.</source>
        <translation>所选工单都不能办理此项。</translation>
    </message>
    <message>
        <source>[12345 supervision] Ticket {number} ({title}): {standing}. {text}</source>
        <translation>【12345督办】工单 {number}（{title}）：{standing}。{text}</translation>
    </message>
    <message numerus="yes">
        <source>%n recorded, not sent yet</source>
        <translation>
            <numerusform>已登记 %n 件，尚未发送</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recorded; they can be undone for some seconds</source>
        <translation>
            <numerusform>已登记 %n 件，数秒内可撤销</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n undone</source>
        <translation>
            <numerusform>已撤销 %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Number</source>
        <translation>工单编号</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>诉求事项</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>已办结</translation>
    </message>
    <message>
        <source>No unit yet</source>
        <translation>尚无承办单位</translation>
    </message>
    <message>
        <source>About the unit itself</source>
        <translation>投诉的就是该单位</translation>
    </message>
    <message>
        <source>Report: needs clearance</source>
        <translation>举报件：需授权</translation>
    </message>
    <message>
        <source>No visit waits</source>
        <translation>没有待回访</translation>
    </message>
    <message>
        <source>Sent already</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Urged today</source>
        <translation>今日已催办</translation>
    </message>
    <message>
        <source>Now: {name}</source>
        <translation>现为 {name}</translation>
    </message>
    <message>
        <source>Can be undone</source>
        <translation>可撤销</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Who looks after it</source>
        <translation>经办督办员</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>不指定</translation>
    </message>
    <message numerus="yes">
        <source>Have %n case(s) looked after</source>
        <translation>
            <numerusform>指定 %n 件工单的经办督办员</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Give %n case(s)</source>
        <translation>
            <numerusform>指定 %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Not yours to give</source>
        <translation>无权指定</translation>
    </message>
</context>
<context>
    <name>CalendarView</name>
    <message>
        <source>Day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>周</translation>
    </message>
    <message>
        <source>Day or week</source>
        <translation>日或周</translation>
    </message>
    <message>
        <source>Calendar of booked calls</source>
        <translation>预约日历</translation>
    </message>
    <message>
        <source>The citizen named this time</source>
        <translation>诉求人指定的时间</translation>
    </message>
    <message>
        <source>Move the booking</source>
        <translation>改到此时</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Booked calls</source>
        <translation>预约回访</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>更晚</translation>
    </message>
    <message>
        <source>Back to the queue</source>
        <translation>返回队列</translation>
    </message>
    <message>
        <source>{earlier} earlier · {later} later</source>
        <translation>更早 {earlier} 件 · 更晚 {later} 件</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>周一</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>周二</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>周三</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>周四</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>周五</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>周六</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>周日</translation>
    </message>
    <message>
        <source>holiday</source>
        <translation>节假日</translation>
    </message>
    <message>
        <source>Nothing is booked in these days.</source>
        <translation>这些天没有预约。</translation>
    </message>
    <message>
        <source>No call is chosen.</source>
        <translation>没有选中的预约。</translation>
    </message>
    <message>
        <source>Moved to {time}.</source>
        <translation>已改到 {time}。</translation>
    </message>
    <message>
        <source>Shift and the arrows move a booking.</source>
        <translation>Shift 加方向键可改预约时间。</translation>
    </message>
</context>
<context>
    <name>CallLater</name>
    <message>
        <source>The citizen would like</source>
        <translation>诉求人希望</translation>
    </message>
    <message>
        <source>Exactly at</source>
        <translation>具体时间</translation>
    </message>
    <message>
        <source>Call again then</source>
        <translation>约定此时再拨</translation>
    </message>
    <message>
        <source>Back to the call</source>
        <translation>返回通话</translation>
    </message>
    <message>
        <source>Call later</source>
        <translation>约定再拨</translation>
    </message>
    <message>
        <source>Choose a time first.</source>
        <translation>请先选择时间。</translation>
    </message>
</context>
<context>
    <name>CallPane</name>
    <message>
        <source>Nobody chosen</source>
        <translation>尚未选择</translation>
    </message>
    <message>
        <source>Choose a visit on the left, or take the next person with N.</source>
        <translation>请在左侧选择一件回访，或按 N 领取下一位。</translation>
    </message>
    <message>
        <source>This visit has not arrived here yet. It appears with the next synchronisation.</source>
        <translation>这件回访尚未同步到本机，下次同步后出现。</translation>
    </message>
    <message>
        <source>This person is no longer held for you. Everything entered has been kept.</source>
        <translation>系统已不再为您保留这位诉求人。已录入的内容都在。</translation>
    </message>
    <message>
        <source>Recorded. {n} more of this person&apos;s matters in the same call.</source>
        <translation>已记录。该诉求人还有 {n} 件，在同一通话中完成。</translation>
    </message>
</context>
<context>
    <name>CallerCard</name>
    <message>
        <source>Call</source>
        <translation>拨号</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>挂断</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>领取</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>放回</translation>
    </message>
    <message>
        <source>Book…</source>
        <translation>预约…</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开工单</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Dialling…</source>
        <translation>正在拨号…</translation>
    </message>
    <message>
        <source>Ringing…</source>
        <translation>正在振铃…</translation>
    </message>
    <message>
        <source>In conversation</source>
        <translation>通话中</translation>
    </message>
    <message>
        <source>Practice line</source>
        <translation>练习线路</translation>
    </message>
    <message>
        <source>Call ended</source>
        <translation>通话结束</translation>
    </message>
    <message>
        <source>Call ended: {outcome}</source>
        <translation>通话结束：{outcome}</translation>
    </message>
    <message>
        <source>{name} is calling</source>
        <translation>{name}正在回访</translation>
    </message>
    <message>
        <source>Take again</source>
        <translation>重新领取</translation>
    </message>
    <message>
        <source>Handed to the telephone program</source>
        <translation>已交给电话程序</translation>
    </message>
</context>
<context>
    <name>CaseDays</name>
    <message>
        <source>start</source>
        <translation>起算</translation>
    </message>
    <message>
        <source>due</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>working day {n}</source>
        <translation>第 {n} 个工作日</translation>
    </message>
    <message>
        <source>{day}, made up for {holiday}</source>
        <translation>{day}，{holiday}调休上班</translation>
    </message>
    <message>
        <source>the start day does not count</source>
        <translation>起算当日不计</translation>
    </message>
    <message>
        <source>paused, not counted</source>
        <translation>暂停计时，不计</translation>
    </message>
    <message>
        <source>holiday, not counted</source>
        <translation>节假日，不计</translation>
    </message>
    <message>
        <source>weekend, not counted</source>
        <translation>周末，不计</translation>
    </message>
    <message>
        <source>due day</source>
        <translation>到期日</translation>
    </message>
    <message>
        <source>{day}, past the time limit</source>
        <translation>{day}，已过时限</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>by the rule</source>
        <translation>按规则</translation>
    </message>
    <message>
        <source>first due</source>
        <translation>原到期</translation>
    </message>
    <message>
        <source>{why}, due</source>
        <translation>{why}，到期</translation>
    </message>
    <message>
        <source>{why}, due before it was extended</source>
        <translation>{why}，延期前到期</translation>
    </message>
    <message>
        <source>{why}, due by the rule</source>
        <translation>{why}，按规则到期</translation>
    </message>
    <message>
        <source>came too late to be taken that day</source>
        <translation>收到时已过当日受理时点，顺延计收</translation>
    </message>
    <message>
        <source>{day}, extended by {who}</source>
        <translation>{day}，{who}批准延期</translation>
    </message>
    <message>
        <source>runs by the clock</source>
        <translation>按钟点连续计时</translation>
    </message>
    <message>
        <source>{holiday}, not counted</source>
        <translation>{holiday}，不计</translation>
    </message>
    <message>
        <source>day {n}</source>
        <translation>第 {n} 天</translation>
    </message>
    <message>
        <source>the start day, counted as the first</source>
        <translation>起算日，计为第 1 天</translation>
    </message>
    <message>
        <source>{what}, agreed by {who}</source>
        <translation>{what}，{who}同意</translation>
    </message>
    <message>
        <source>{day}, by an extension</source>
        <translation>{day}，延期所得</translation>
    </message>
</context>
<context>
    <name>CaseForm</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Draft restored</source>
        <translation>已恢复草稿</translation>
    </message>
    <message>
        <source>Draft kept {time}</source>
        <translation>草稿已存 {time}</translation>
    </message>
    <message>
        <source>is being sent</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
</context>
<context>
    <name>CaseHeader</name>
    <message>
        <source>{unit} (lead)</source>
        <translation>{unit}（主办）</translation>
    </message>
    <message>
        <source>{units} (assisting)</source>
        <translation>{units}（协办）</translation>
    </message>
    <message>
        <source>Escalated</source>
        <translation>重点工单</translation>
    </message>
    <message>
        <source>Leader&apos;s instruction</source>
        <translation>批示件</translation>
    </message>
    <message>
        <source>Rework {n}</source>
        <translation>重办 {n} 次</translation>
    </message>
    <message>
        <source>Repeated {n}×</source>
        <translation>重复 {n} 次</translation>
    </message>
    <message>
        <source>looked after by {name}</source>
        <translation>经办：{name}</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>已并单</translation>
    </message>
</context>
<context>
    <name>CasePane</name>
    <message>
        <source>No ticket chosen</source>
        <translation>未选择工单</translation>
    </message>
    <message>
        <source>Choose one in the list to see its clocks and its history.</source>
        <translation>在左侧列表中选择一件，查看时限和办理经过。</translation>
    </message>
    <message>
        <source>Urge</source>
        <translation>催办</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>The unit has completed this ticket.</source>
        <translation>承办单位已办结此工单。</translation>
    </message>
    <message>
        <source>Add a note…</source>
        <translation>添加备注…</translation>
    </message>
    <message>
        <source>Go to the return visit</source>
        <translation>转到回访</translation>
    </message>
    <message>
        <source>Print the case…</source>
        <translation>打印工单办理单…</translation>
    </message>
    <message>
        <source>Copy the number</source>
        <translation>复制工单编号</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>登记问题</translation>
    </message>
    <message>
        <source>No unit handles this ticket yet.</source>
        <translation>此工单尚无承办单位。</translation>
    </message>
    <message>
        <source>Recusals…</source>
        <translation>回避…</translation>
    </message>
    <message>
        <source>Who has seen this requester…</source>
        <translation>谁看过该诉求人…</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>公文</translation>
    </message>
    <message>
        <source>Supervise</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>Urgent report…</source>
        <translation>起草要情专报…</translation>
    </message>
    <message>
        <source>Leader&apos;s instruction…</source>
        <translation>登记批示件…</translation>
    </message>
</context>
<context>
    <name>CasePaper</name>
    <message>
        <source>(waiting to be sent)</source>
        <translation>（待发送）</translation>
    </message>
    <message>
        <source>Printed {time} by {who} · citizens&apos; identity hidden</source>
        <translation>{time} 由 {who} 打印 · 诉求人信息已隐去</translation>
    </message>
    <message>
        <source>Ticket handling sheet</source>
        <translation>工单办理单</translation>
    </message>
    <message>
        <source>History</source>
        <translation>办理经过</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>第 {page} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>承办单位</translation>
    </message>
    <message>
        <source>District</source>
        <translation>区县</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>诉求类型</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>受理渠道</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>事项类别</translation>
    </message>
    <message>
        <source>State</source>
        <translation>办理状态</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>受理时间</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>办理时限</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>时限状态</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>时限规则</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>诉求内容</translation>
    </message>
    <message>
        <source>Answer of the unit</source>
        <translation>承办单位答复</translation>
    </message>
</context>
<context>
    <name>CaseTimeline</name>
    <message>
        <source>Urge acknowledged</source>
        <translation>承办单位已签收催办</translation>
    </message>
    <message>
        <source>Urged, {means}</source>
        <translation>催办（{means}）</translation>
    </message>
    <message>
        <source>Reached: {person}</source>
        <translation>接听人：{person}</translation>
    </message>
    <message>
        <source>Answer: {text}</source>
        <translation>答复：{text}</translation>
    </message>
    <message>
        <source>Promised for: {time}</source>
        <translation>承诺时限：{time}</translation>
    </message>
    <message>
        <source>(to be numbered)</source>
        <translation>（待编号）</translation>
    </message>
    <message>
        <source>Return visit completed</source>
        <translation>回访完成</translation>
    </message>
    <message>
        <source>Return visit completed, not valid</source>
        <translation>回访完成（非有效回访）</translation>
    </message>
    <message>
        <source>Call: {outcome}</source>
        <translation>拨打：{outcome}</translation>
    </message>
    <message>
        <source>Finding filed: {code}</source>
        <translation>登记检查问题：{code}</translation>
    </message>
    <message>
        <source>Finding drafted: {code}</source>
        <translation>起草检查问题：{code}</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>New matter named during the visit</source>
        <translation>回访中反映的新诉求</translation>
    </message>
    <message>
        <source>Attachment</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>{act} submitted for approval</source>
        <translation>{act}已报审批</translation>
    </message>
    <message>
        <source>{act} returned for changes</source>
        <translation>{act}退回修改</translation>
    </message>
    <message>
        <source>{act} {number} issued</source>
        <translation>{act} {number} 已下发</translation>
    </message>
    <message>
        <source>Unit answered: {act} {number}</source>
        <translation>承办单位答复：{act} {number}</translation>
    </message>
    <message>
        <source>{act} withdrawn</source>
        <translation>{act}已撤回</translation>
    </message>
    <message>
        <source>{act} drafted</source>
        <translation>{act}已起草</translation>
    </message>
    <message>
        <source>Urgent report submitted for approval</source>
        <translation>要情专报提交审批</translation>
    </message>
    <message>
        <source>Urgent report returned for changes</source>
        <translation>要情专报退回修改</translation>
    </message>
    <message>
        <source>Urgent report {number} approved</source>
        <translation>要情专报 {number} 已审批</translation>
    </message>
    <message>
        <source>Urgent report {number} sent</source>
        <translation>要情专报 {number} 已报送</translation>
    </message>
    <message>
        <source>Urgent report withdrawn</source>
        <translation>要情专报已撤回</translation>
    </message>
    <message>
        <source>Urgent report drafted</source>
        <translation>起草要情专报</translation>
    </message>
    <message>
        <source>Reported back to {leader}</source>
        <translation>已向{leader}反馈</translation>
    </message>
    <message>
        <source>Overturning of the return visit asked for</source>
        <translation>申请推翻回访结果</translation>
    </message>
    <message>
        <source>Return visit overturned; its answers stay on file</source>
        <translation>回访结果已推翻，原答复留存</translation>
    </message>
    <message>
        <source>Return visit not overturned</source>
        <translation>回访结果维持不变</translation>
    </message>
    <message>
        <source>Unit sent its contact log</source>
        <translation>承办单位已提供联系记录</translation>
    </message>
    <message>
        <source>Request for the contact log closed</source>
        <translation>联系记录索要已办结</translation>
    </message>
    <message>
        <source>Contact log asked of the unit</source>
        <translation>已向承办单位索要联系记录</translation>
    </message>
    <message>
        <source>Call outside the rules, agreed to by {name}: {outcome}</source>
        <translation>规则外拨打（{name} 同意）：{outcome}</translation>
    </message>
    <message>
        <source>Return visit to a rectification completed; counts in no rate</source>
        <translation>整改核验回访已完成，不计入三率</translation>
    </message>
</context>
<context>
    <name>CaseView</name>
    <message>
        <source>Show…</source>
        <translation>查看…</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>诉求内容</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全文</translation>
    </message>
    <message>
        <source>Answer of the unit</source>
        <translation>单位答复</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Requester: {who}</source>
        <translation>诉求人&#x3000;{who}</translation>
    </message>
    <message>
        <source>reply due {time}</source>
        <translation>答复期限 {time}</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Settle</source>
        <translation>处理</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) of yours on this case need(s) you.</source>
        <translation>
            <numerusform>此工单有您的 %n 条记录需要您处理。</numerusform>
        </translation>
    </message>
    <message>
        <source>{act} {number}: {state}</source>
        <translation>{act} {number}：{state}</translation>
    </message>
    <message>
        <source>Directory…</source>
        <translation>通讯录…</translation>
    </message>
    <message>
        <source>Text of the letter</source>
        <translation>来信原文</translation>
    </message>
</context>
<context>
    <name>CaseWords</name>
    <message>
        <source>Consultation</source>
        <translation>咨询</translation>
    </message>
    <message>
        <source>Request for help</source>
        <translation>求助</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>投诉</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>举报</translation>
    </message>
    <message>
        <source>Suggestion</source>
        <translation>意见建议</translation>
    </message>
    <message>
        <source>Praise</source>
        <translation>表扬</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Mayor&apos;s mailbox</source>
        <translation>市长信箱</translation>
    </message>
    <message>
        <source>Text message</source>
        <translation>短信</translation>
    </message>
    <message>
        <source>App</source>
        <translation>移动客户端</translation>
    </message>
    <message>
        <source>Weibo</source>
        <translation>微博</translation>
    </message>
    <message>
        <source>WeChat</source>
        <translation>微信</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>网站</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>信函</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已受理</translation>
    </message>
    <message>
        <source>Dispatched</source>
        <translation>已派单</translation>
    </message>
    <message>
        <source>Signed for</source>
        <translation>已签收</translation>
    </message>
    <message>
        <source>First contact made</source>
        <translation>已先行联系</translation>
    </message>
    <message>
        <source>In handling</source>
        <translation>办理中</translation>
    </message>
    <message>
        <source>Completed by unit</source>
        <translation>单位办结</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>审核中</translation>
    </message>
    <message>
        <source>To be visited</source>
        <translation>待回访</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>已归档</translation>
    </message>
    <message>
        <source>Return asked for</source>
        <translation>申请退单</translation>
    </message>
    <message>
        <source>Extension asked for</source>
        <translation>申请延期</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>挂起</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Emergency</source>
        <translation>特急</translation>
    </message>
    <message>
        <source>Confidential</source>
        <translation>保密</translation>
    </message>
    <message>
        <source>Report, secret</source>
        <translation>举报保密</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>逾期</translation>
    </message>
    <message>
        <source>Due soon</source>
        <translation>临期</translation>
    </message>
    <message>
        <source>Within limit</source>
        <translation>时限内</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>暂停计时</translation>
    </message>
    <message>
        <source>Provisional</source>
        <translation>暂定</translation>
    </message>
    <message>
        <source>No limit running</source>
        <translation>不计时</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Waiting for approval</source>
        <translation>待审批</translation>
    </message>
    <message>
        <source>Returned for changes</source>
        <translation>退回修改</translation>
    </message>
    <message>
        <source>Under supervision</source>
        <translation>督办中</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已答复</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>By phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>By text message</source>
        <translation>短信</translation>
    </message>
    <message>
        <source>By letter</source>
        <translation>函件</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>First contact</source>
        <translation>先行联系</translation>
    </message>
    <message>
        <source>Handling</source>
        <translation>办理</translation>
    </message>
    <message>
        <source>Return visit</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>Reply to notice</source>
        <translation>督办答复</translation>
    </message>
    <message>
        <source>Rectification</source>
        <translation>整改</translation>
    </message>
    <message>
        <source>Enterprise</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>个人</translation>
    </message>
    <message>
        <source>1 working day</source>
        <translation>1 个工作日</translation>
    </message>
    <message>
        <source>{n} working days</source>
        <translation>{n} 个工作日</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>{n} hours</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>Just overdue</source>
        <translation>刚刚逾期</translation>
    </message>
    <message>
        <source>Overdue {time}</source>
        <translation>逾期 {time}</translation>
    </message>
    <message>
        <source>Less than an hour left</source>
        <translation>剩余不足 1 小时</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>{left}, provisional</source>
        <translation>{left}（暂定）</translation>
    </message>
    <message>
        <source>Today {time}</source>
        <translation>今日 {time}</translation>
    </message>
    <message>
        <source>Not named</source>
        <translation>未具名</translation>
    </message>
    <message>
        <source>number ending {tail}</source>
        <translation>尾号 {tail}</translation>
    </message>
    <message>
        <source>(sample)</source>
        <translation>（示例）</translation>
    </message>
    <message>
        <source>Answered the call</source>
        <translation>已接听</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>无人接听</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>占线</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>关机</translation>
    </message>
    <message>
        <source>Wrong number</source>
        <translation>号码有误</translation>
    </message>
    <message>
        <source>Refused the visit</source>
        <translation>拒绝回访</translation>
    </message>
    <message>
        <source>Asked to be called later</source>
        <translation>约定再拨</translation>
    </message>
    <message>
        <source>Line fault</source>
        <translation>线路故障</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Ordinary</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>Serious</source>
        <translation>严重</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>重大</translation>
    </message>
    <message>
        <source>Filed</source>
        <translation>已登记</translation>
    </message>
    <message>
        <source>Received by the unit</source>
        <translation>单位已签收</translation>
    </message>
    <message>
        <source>Upheld</source>
        <translation>已认定</translation>
    </message>
    <message>
        <source>Being put right</source>
        <translation>整改中</translation>
    </message>
    <message>
        <source>Put right, to be checked</source>
        <translation>已整改待核查</translation>
    </message>
    <message>
        <source>Closed out</source>
        <translation>已销号</translation>
    </message>
    <message>
        <source>Sent back to the unit</source>
        <translation>退回单位</translation>
    </message>
    <message>
        <source>Review asked for</source>
        <translation>申请复核</translation>
    </message>
    <message>
        <source>Unit accepts the finding</source>
        <translation>单位认可问题</translation>
    </message>
    <message>
        <source>Unit explains</source>
        <translation>单位说明情况</translation>
    </message>
    <message>
        <source>Unit disputes the finding</source>
        <translation>单位提出申辩</translation>
    </message>
    <message>
        <source>Unit reports it put right</source>
        <translation>单位报告整改完成</translation>
    </message>
    <message>
        <source>Dispatched anew</source>
        <translation>改派</translation>
    </message>
    <message>
        <source>Returned: wrong unit</source>
        <translation>退单</translation>
    </message>
    <message>
        <source>Dispatch objected to</source>
        <translation>派单异议</translation>
    </message>
    <message>
        <source>Time limit extended</source>
        <translation>延期</translation>
    </message>
    <message>
        <source>Resumed</source>
        <translation>恢复计时</translation>
    </message>
    <message>
        <source>Sent back for rework</source>
        <translation>发回重办</translation>
    </message>
    <message>
        <source>Reopened</source>
        <translation>重新办理</translation>
    </message>
    <message>
        <source>Repeat merged</source>
        <translation>重复件并单</translation>
    </message>
    <message>
        <source>Leader&apos;s instruction</source>
        <translation>批示件</translation>
    </message>
    <message>
        <source>Waiting for a call</source>
        <translation>待回访</translation>
    </message>
    <message>
        <source>Booked</source>
        <translation>已预约</translation>
    </message>
    <message>
        <source>Visit completed</source>
        <translation>回访完成</translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation>联系不上</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Supervision notice</source>
        <translation>督办单</translation>
    </message>
    <message>
        <source>Yellow card</source>
        <translation>黄牌</translation>
    </message>
    <message>
        <source>Red card</source>
        <translation>红牌</translation>
    </message>
    <message>
        <source>Naming in the bulletin</source>
        <translation>通报</translation>
    </message>
    <message>
        <source>Interview</source>
        <translation>约谈</translation>
    </message>
    <message>
        <source>Referral</source>
        <translation>移送</translation>
    </message>
    <message>
        <source>Extension refused</source>
        <translation>不同意延期</translation>
    </message>
    <message>
        <source>Return refused</source>
        <translation>不同意退单</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>已下发</translation>
    </message>
    <message>
        <source>Time limit reckoned anew</source>
        <translation>时限重新计算</translation>
    </message>
    <message>
        <source>Unit says what it will do</source>
        <translation>单位提出整改措施</translation>
    </message>
    <message>
        <source>Unit asks for a review</source>
        <translation>单位申请复核</translation>
    </message>
    <message>
        <source>Rectification sent back</source>
        <translation>整改退回</translation>
    </message>
    <message>
        <source>Looked at and closed out</source>
        <translation>经核实销号</translation>
    </message>
    <message>
        <source>Review: it stands</source>
        <translation>复核：维持</translation>
    </message>
    <message>
        <source>Review: it stands with another severity</source>
        <translation>复核：变更严重程度</translation>
    </message>
    <message>
        <source>Review: it is revoked</source>
        <translation>复核：撤销</translation>
    </message>
    <message>
        <source>Given to an officer</source>
        <translation>指定经办督办员</translation>
    </message>
    <message>
        <source>Told to the unit</source>
        <translation>已告知单位</translation>
    </message>
    <message>
        <source>Commended</source>
        <translation>已推介</translation>
    </message>
    <message>
        <source>Return visit overturned</source>
        <translation>回访结果已推翻</translation>
    </message>
    <message>
        <source>To be visited again</source>
        <translation>待再次回访</translation>
    </message>
</context>
<context>
    <name>ChannelWords</name>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Text message</source>
        <translation>短信</translation>
    </message>
    <message>
        <source>Web or WeChat</source>
        <translation>网站/微信</translation>
    </message>
    <message>
        <source>Robot call</source>
        <translation>智能回访</translation>
    </message>
    <message>
        <source>another channel reached nobody</source>
        <translation>其他渠道未回访到</translation>
    </message>
    <message>
        <source>dissatisfied through another channel</source>
        <translation>其他渠道回访不满意</translation>
    </message>
    <message>
        <source>the visit before was overturned</source>
        <translation>原回访结果已推翻</translation>
    </message>
    <message>
        <source>after the unit&apos;s contact log</source>
        <translation>据单位联系记录再访</translation>
    </message>
    <message>
        <source>Overturning asked for</source>
        <translation>申请推翻</translation>
    </message>
    <message>
        <source>Overturned</source>
        <translation>已推翻</translation>
    </message>
    <message>
        <source>Not overturned</source>
        <translation>维持原结果</translation>
    </message>
    <message>
        <source>Asked of the unit</source>
        <translation>已向单位索要</translation>
    </message>
    <message>
        <source>Answered by the unit</source>
        <translation>单位已答复</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已办结</translation>
    </message>
    <message>
        <source>No reply elsewhere</source>
        <translation>他渠道未访到</translation>
    </message>
    <message>
        <source>Dissatisfied elsewhere</source>
        <translation>他渠道不满意</translation>
    </message>
    <message>
        <source>Overturned before</source>
        <translation>推翻重访</translation>
    </message>
    <message>
        <source>Contact log came</source>
        <translation>已有联系记录</translation>
    </message>
    <message>
        <source>to hear how a finding was put right</source>
        <translation>核实检查问题的整改情况</translation>
    </message>
    <message>
        <source>Rectification to verify</source>
        <translation>整改核实</translation>
    </message>
</context>
<context>
    <name>CheckSheet</name>
    <message>
        <source>weight {n}</source>
        <translation>权重{n}</translation>
    </message>
    <message>
        <source>not met, the ticket fails</source>
        <translation>不符合即一票否决</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>检查情况</translation>
    </message>
</context>
<context>
    <name>ChoiceField</name>
    <message>
        <source>Choose…</source>
        <translation>请选择…</translation>
    </message>
    <message>
        <source>Type to search…</source>
        <translation>输入文字查找…</translation>
    </message>
</context>
<context>
    <name>ChoicePopup</name>
    <message>
        <source>Type to search…</source>
        <translation>输入文字查找…</translation>
    </message>
</context>
<context>
    <name>Citations</name>
    <message>
        <source>Nothing may be cited: no inspection can be issued.</source>
        <translation>没有可引用的依据，检查无法签发。</translation>
    </message>
    <message>
        <source>Document number</source>
        <translation>文号</translation>
    </message>
    <message>
        <source>Title in Chinese</source>
        <translation>中文名称</translation>
    </message>
    <message>
        <source>Title in English</source>
        <translation>英文名称</translation>
    </message>
    <message>
        <source>In force from</source>
        <translation>施行日期</translation>
    </message>
    <message>
        <source>Add the citation</source>
        <translation>添加依据</translation>
    </message>
    <message>
        <source>Change the citation</source>
        <translation>修改依据</translation>
    </message>
    <message>
        <source>Take the citation out</source>
        <translation>删除依据</translation>
    </message>
    <message>
        <source>not in force yet</source>
        <translation>尚未施行</translation>
    </message>
    <message>
        <source>no longer in force</source>
        <translation>已失效</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} 至 {last}</translation>
    </message>
    <message>
        <source>Give it a code</source>
        <translation>请填写代码</translation>
    </message>
    <message>
        <source>Give it its title</source>
        <translation>请填写名称</translation>
    </message>
    <message>
        <source>It ends before it begins</source>
        <translation>失效早于施行</translation>
    </message>
    <message>
        <source>Code, short and lasting: rows name it</source>
        <translation>代码（简短且不再变动，记录以此引用）</translation>
    </message>
    <message>
        <source>Last day, empty while it has no end</source>
        <translation>失效日期（仍有效的留空）</translation>
    </message>
    <message>
        <source>from {first}</source>
        <translation>自 {first} 起</translation>
    </message>
    <message>
        <source>until {last}</source>
        <translation>至 {last}</translation>
    </message>
</context>
<context>
    <name>CitedCard</name>
    <message>
        <source>Not on this desktop</source>
        <translation>不在本机</translation>
    </message>
    <message>
        <source>Cite it no longer</source>
        <translation>不再引用</translation>
    </message>
    <message>
        <source>Nothing is told of it yet.</source>
        <translation>暂无办理历程。</translation>
    </message>
</context>
<context>
    <name>CitedPanel</name>
    <message>
        <source>Cite a further ticket</source>
        <translation>再引用一件工单</translation>
    </message>
    <message>
        <source>Tickets cited: tick what proves the facts</source>
        <translation>引用的工单：勾选能证明事实的记录</translation>
    </message>
</context>
<context>
    <name>CityDays</name>
    <message>
        <source>The city follows the country&apos;s calendar.</source>
        <translation>本市按国家公布的日历执行。</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Name or reason</source>
        <translation>名称或事由</translation>
    </message>
    <message>
        <source>Day off</source>
        <translation>休息日</translation>
    </message>
    <message>
        <source>Working day</source>
        <translation>工作日</translation>
    </message>
    <message>
        <source>It is a</source>
        <translation>这一天是</translation>
    </message>
    <message>
        <source>Add the day</source>
        <translation>添加这一天</translation>
    </message>
    <message>
        <source>working day</source>
        <translation>工作日</translation>
    </message>
    <message>
        <source>day off</source>
        <translation>休息日</translation>
    </message>
    <message>
        <source>{day}, {weekday}: {kind}, {name}</source>
        <translation>{day}，{weekday}：{kind}，{name}</translation>
    </message>
    <message>
        <source>Take the day out</source>
        <translation>移除这一天</translation>
    </message>
    <message>
        <source>Choose a day</source>
        <translation>请选择日期</translation>
    </message>
    <message>
        <source>Say what the day is for</source>
        <translation>请填写事由</translation>
    </message>
</context>
<context>
    <name>ClockGrid</name>
    <message>
        <source>done {time}</source>
        <translation>{time} 完成</translation>
    </message>
    <message>
        <source>less than an hour</source>
        <translation>不足 1 小时</translation>
    </message>
    <message>
        <source>done {time}, {span} late</source>
        <translation>{time} 完成，超时 {span}</translation>
    </message>
</context>
<context>
    <name>Colleagues</name>
    <message>
        <source>{name} is working on it</source>
        <translation>{name}正在处理</translation>
    </message>
    <message>
        <source>{name} has it open</source>
        <translation>{name}正在查看</translation>
    </message>
    <message>
        <source>A colleague</source>
        <translation>同事</translation>
    </message>
</context>
<context>
    <name>ColumnLayout</name>
    <message>
        <source>Sort by</source>
        <translation>排序方式</translation>
    </message>
    <message>
        <source>Restore default columns</source>
        <translation>恢复默认列</translation>
    </message>
    <message>
        <source>Compact rows</source>
        <translation>紧凑行距</translation>
    </message>
</context>
<context>
    <name>Compose</name>
    <message>
        <source>New guidance</source>
        <translation>新建工作提示</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>发送单位</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Every unit named reads it. Write nothing that tells who asked.</source>
        <translation>所选各单位都能看到，请勿写入可识别诉求人的内容。</translation>
    </message>
    <message>
        <source>Send guidance</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Send guidance later</source>
        <translation>稍后发送</translation>
    </message>
    <message>
        <source>Guidance sent</source>
        <translation>工作提示已发送</translation>
    </message>
    <message>
        <source>Guidance is sent later</source>
        <translation>工作提示稍后发送</translation>
    </message>
</context>
<context>
    <name>ConnectionBanners</name>
    <message>
        <source>Sign in again</source>
        <translation>重新登录</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>怎么办</translation>
    </message>
</context>
<context>
    <name>ConnectionReport</name>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Name of the server</source>
        <translation>服务器名称</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>good</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>请注意</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>未测试</translation>
    </message>
    <message>
        <source>Not needed: the server runs on this computer.</source>
        <translation>不需要：服务器就在本机运行。</translation>
    </message>
    <message>
        <source>Not tried.</source>
        <translation>未测试。</translation>
    </message>
    <message>
        <source>{number}. {subject}, vouched for by {issuer}, {begins} to {ends}</source>
        <translation>{number}. {subject}，由 {issuer} 签发，有效期 {begins} 至 {ends}</translation>
    </message>
    <message>
        <source>Pin of this key: {pin}</source>
        <translation>此密钥的指纹：{pin}</translation>
    </message>
    <message>
        <source>Test of the connection, Supervision Desk {version}</source>
        <translation>连接测试，督办工作台 {version}</translation>
    </message>
    <message>
        <source>Trusted by this computer ({tls}).</source>
        <translation>本机认可（{tls}）。</translation>
    </message>
    <message>
        <source>Trusted by the city&apos;s own certificate ({tls}); this computer alone would not.</source>
        <translation>由本市自有证书认可（{tls}）；仅凭本机不会认可。</translation>
    </message>
    <message>
        <source>Its key is one of those named.</source>
        <translation>其密钥在登记的指纹之内。</translation>
    </message>
    <message>
        <source>The way leads through {proxy}.</source>
        <translation>经由代理 {proxy}。</translation>
    </message>
    <message>
        <source>No proxy: the way is direct.</source>
        <translation>不使用代理，直接连接。</translation>
    </message>
    <message>
        <source>{host} is known: {addresses}</source>
        <translation>{host} 可以解析：{addresses}</translation>
    </message>
    <message>
        <source>{host} is a number; no name is looked up.</source>
        <translation>{host} 是 IP 地址，无需查询域名。</translation>
    </message>
    <message>
        <source>{host} takes connections at port {port} ({took} ms).</source>
        <translation>{host} 的端口 {port} 可以连接（{took} 毫秒）。</translation>
    </message>
    <message>
        <source>The server of {city} answers (protocol {protocol}).</source>
        <translation>{city}的服务器有应答（协议 {protocol}）。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock fits the server&apos;s ({seconds} s).</source>
        <translation>本机时钟与服务器一致（{seconds} 秒）。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is off by {seconds} s.</source>
        <translation>本机时钟相差 {seconds} 秒。</translation>
    </message>
    <message>
        <source>Accounts of the server itself.</source>
        <translation>使用服务器自己的账号。</translation>
    </message>
    <message>
        <source>The office&apos;s sign-in service answers: {provider}</source>
        <translation>单位的登录服务有应答：{provider}</translation>
    </message>
    <message>
        <source>Name the file of the city&apos;s own certificate here, or correct the address.</source>
        <translation>请在此指定本市自有证书的文件，或更正其路径。</translation>
    </message>
    <message>
        <source>If the chain shown is your city&apos;s own, name the file of its certificate. If you do not know it, somebody stands between this computer and the server: go no further.</source>
        <translation>如果所示证书链是本市自己的，请指定其证书文件。如果您不认识它，说明有人处在本机与服务器之间：请停止操作。</translation>
    </message>
    <message>
        <source>If the server&apos;s key was changed on purpose, replace the pins. If nobody changed it, go no further.</source>
        <translation>如果服务器密钥是有意更换的，请更新指纹。如果没有人更换过，请停止操作。</translation>
    </message>
    <message>
        <source>Check the spelling, and whether this computer uses the city&apos;s name server (or its VPN).</source>
        <translation>请检查拼写，并确认本机使用的是本市的域名服务器（或专网/VPN）。</translation>
    </message>
    <message>
        <source>Check the port, and whether the server runs.</source>
        <translation>请检查端口，并确认服务器正在运行。</translation>
    </message>
    <message>
        <source>A firewall on the way drops the packets: have this address and port opened.</source>
        <translation>途中的防火墙丢弃了数据包，请放通此地址和端口。</translation>
    </message>
    <message>
        <source>Check the proxy&apos;s address, and whether it lets this server through.</source>
        <translation>请检查代理地址，并确认代理放行此服务器。</translation>
    </message>
    <message>
        <source>The program gives no password to a proxy: have this server let through.</source>
        <translation>本程序不向代理提供密码：请让代理直接放行此服务器。</translation>
    </message>
    <message>
        <source>The server has to speak TLS 1.2 or later. Something on the way may be altering it.</source>
        <translation>服务器须使用 TLS 1.2 或更高版本；也可能是途中的设备作了改动。</translation>
    </message>
    <message>
        <source>A certificate of the chain ends within three weeks: have it renewed.</source>
        <translation>证书链中有证书将在三周内到期，请安排续期。</translation>
    </message>
    <message>
        <source>Set the clock, or let this computer follow the city&apos;s time server.</source>
        <translation>请校准时钟，或让本机与本市的时间服务器同步。</translation>
    </message>
    <message>
        <source>Have the sign-in service&apos;s address opened on the way from this computer, too.</source>
        <translation>请同时放通本机到登录服务地址的网络。</translation>
    </message>
</context>
<context>
    <name>ConnectionSettings</name>
    <message>
        <source>Connection settings</source>
        <translation>连接设置</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>As the system says</source>
        <translation>按系统设置</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不用代理</translation>
    </message>
    <message>
        <source>This one</source>
        <translation>使用以下代理</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>代理地址</translation>
    </message>
    <message>
        <source>Certificate of the city</source>
        <translation>本市证书</translation>
    </message>
    <message>
        <source>Only where the city&apos;s server has a certificate of the city&apos;s own authority.</source>
        <translation>仅在服务器使用本市自建证书机构签发的证书时需要。</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>证书 (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>Address of the server</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <source>Pins of the server&apos;s key</source>
        <translation>服务器密钥指纹</translation>
    </message>
    <message>
        <source>Empty, or two: the key in use and the one kept for the day it is changed.</source>
        <translation>留空，或填两个：正在使用的密钥，以及为更换密钥预备的密钥。</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Stop the test</source>
        <translation>停止测试</translation>
    </message>
    <message>
        <source>Copy for the administrator</source>
        <translation>复制给管理员</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Nothing is changed by a test, and nothing of a person or a case is sent.</source>
        <translation>测试不会改动任何设置，也不会发送任何个人或工单的信息。</translation>
    </message>
    <message>
        <source>What is greyed has been laid down by your administrator.</source>
        <translation>灰色的项目由管理员统一设定。</translation>
    </message>
    <message>
        <source>What is greyed has been laid down by: {who}</source>
        <translation>灰色的项目由以下单位统一设定：{who}</translation>
    </message>
</context>
<context>
    <name>ConnectionWords</name>
    <message>
        <source>synced {ago}</source>
        <translation>{ago}同步</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to be sent</source>
        <translation>
            <numerusform>%n 件待发送</numerusform>
        </translation>
    </message>
    <message>
        <source>{state} until {time}</source>
        <translation>{state}，至 {time}</translation>
    </message>
    <message>
        <source>The server answers. What changes there arrives here by itself.</source>
        <translation>服务器应答正常，那里的变化会自动到达这里。</translation>
    </message>
    <message>
        <source>The connection to the server is being made.</source>
        <translation>正在连接服务器。</translation>
    </message>
    <message>
        <source>Since {time}, {ago}.</source>
        <translation>自 {time} 起（{ago}）。</translation>
    </message>
    <message>
        <source>Nothing has been synced yet.</source>
        <translation>尚未同步过。</translation>
    </message>
    <message>
        <source>Last sync: {time}, {ago}.</source>
        <translation>上次同步：{time}（{ago}）。</translation>
    </message>
    <message>
        <source>A try is being made now.</source>
        <translation>正在尝试连接。</translation>
    </message>
    <message>
        <source>The server asked us to come back at {time}: in {span}.</source>
        <translation>服务器请我们 {time} 再来：{span}后。</translation>
    </message>
    <message>
        <source>The next try is in {span}.</source>
        <translation>{span}后再次尝试。</translation>
    </message>
    <message>
        <source>What you record still goes out. Cases can be read, but nothing new arrives until the update.</source>
        <translation>您记录的内容照常发送。工单可以查看，但更新之前收不到新的变化。</translation>
    </message>
    <message>
        <source>Nothing is sent until you have signed in. Nothing that you record is lost.</source>
        <translation>登录之前不会发送任何内容；您记录的内容不会丢失。</translation>
    </message>
    <message>
        <source>Reading and recording go on; what you record is sent when the server is back.</source>
        <translation>可以继续查看和记录；服务器恢复后自动发送。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {span} behind the office&apos;s; deadlines are computed by the office&apos;s clock.</source>
        <translation>这台电脑的时钟比服务器慢 {span}；时限按服务器的时钟计算。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {span} ahead of the office&apos;s; deadlines are computed by the office&apos;s clock.</source>
        <translation>这台电脑的时钟比服务器快 {span}；时限按服务器的时钟计算。</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>{span} ago</source>
        <translation>{span}前</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>If colleagues can work, look at this computer&apos;s network; otherwise the server is away and comes back.</source>
        <translation>如果同事能正常使用，请检查这台电脑的网络；否则是服务器暂时停用，恢复后自动继续。</translation>
    </message>
    <message>
        <source>If it lasts, copy the details for your technician.</source>
        <translation>如果持续不恢复，请复制详情发给技术人员。</translation>
    </message>
    <message>
        <source>Check the server&apos;s address and this computer&apos;s network.</source>
        <translation>请检查服务器地址和这台电脑的网络。</translation>
    </message>
    <message>
        <source>Something on the way changes the answers. Copy the details for your technician.</source>
        <translation>传输途中有设备改动了应答。请复制详情发给技术人员。</translation>
    </message>
    <message>
        <source>Unlock the keyring, then try now.</source>
        <translation>请先解锁密钥环，再点“立即尝试”。</translation>
    </message>
    <message>
        <source>Ask your office; what you have recorded is kept.</source>
        <translation>请咨询本办公室；您已记录的内容都保留着。</translation>
    </message>
    <message>
        <source>Plug the cable in or join a wireless network; the program goes on by itself.</source>
        <translation>请插好网线或连接无线网络，程序会自动继续。</translation>
    </message>
    <message>
        <source>Restore it in the bar at the top.</source>
        <translation>可在顶部的提示条中恢复。</translation>
    </message>
    <message>
        <source>Somebody may be standing between you and the office, or the city&apos;s certificate is missing on this computer. Nothing has been sent. Type your password nowhere now, and show this to your technician.</source>
        <translation>可能有人在您与服务器之间拦截，也可能是这台电脑缺少本市的证书。没有发出任何内容。现在请不要在任何地方输入密码，并让技术人员查看。</translation>
    </message>
    <message>
        <source>Nothing has been sent. Check the server&apos;s address; if it is right, show this to your technician.</source>
        <translation>没有发出任何内容。请检查服务器地址；如果无误，请让技术人员查看。</translation>
    </message>
    <message>
        <source>Nothing has been sent. Check the date and time of this computer; if they are right, the office has to renew its certificate.</source>
        <translation>没有发出任何内容。请检查这台电脑的日期和时间；如果无误，需由主管部门更新证书。</translation>
    </message>
    <message>
        <source>Check the proxy in the connection settings.</source>
        <translation>请检查连接设置中的代理。</translation>
    </message>
    <message>
        <source>Check the proxy in the connection settings, or ask your technician.</source>
        <translation>请检查连接设置中的代理，或询问技术人员。</translation>
    </message>
    <message>
        <source>Open the network&apos;s page in the browser, sign in there, and come back. Nothing has been sent.</source>
        <translation>请在浏览器中打开网络的登录页面，登录后回到这里。没有发出任何内容。</translation>
    </message>
    <message>
        <source>Ask your technician for the new version.</source>
        <translation>请向技术人员索取新版本。</translation>
    </message>
    <message>
        <source>Sign in as yourself; nothing has been changed.</source>
        <translation>请用您本人的账号登录；本机内容没有改动。</translation>
    </message>
    <message>
        <source>Nothing is sent until the office lets this device in again. Nothing that you record is lost.</source>
        <translation>在本办公室重新允许本设备之前不会发送任何内容；您记录的内容不会丢失。</translation>
    </message>
    <message>
        <source>Somebody may be standing between you and the office, or the office has changed its key without naming the new one. Nothing has been sent. Type your password nowhere now, and show this to your technician.</source>
        <translation>可能有人处在您与单位之间，也可能单位更换了密钥而没有登记新的密钥。没有发送任何内容。现在不要在任何地方输入密码，请把此情况给技术人员看。</translation>
    </message>
</context>
<context>
    <name>CriteriaSheet</name>
    <message>
        <source>The frame of {n} tickets is frozen. What is fixed here stands; the seed is entered afterwards.</source>
        <translation>抽样框共{n}件工单，已封存。此处确定后不再更改，随后才录入种子。</translation>
    </message>
    <message>
        <source>How the lot is drawn</source>
        <translation>抽样方法</translation>
    </message>
    <message>
        <source>Tickets by lot</source>
        <translation>随机抽取</translation>
    </message>
    <message>
        <source>tickets</source>
        <translation>件</translation>
    </message>
    <message>
        <source>Inspected in any case</source>
        <translation>必查工单</translation>
    </message>
    <message>
        <source>Where the seed will come from</source>
        <translation>种子来源</translation>
    </message>
    <message>
        <source>A draw not held yet, say: welfare lottery 3D, no. 2026313, this evening.</source>
        <translation>尚未开奖的一期，例如：福彩3D第2026313期，今晚开奖。</translation>
    </message>
    <message>
        <source>{confidence} %: ±{points} points</source>
        <translation>{confidence}%：±{points}个百分点</translation>
    </message>
    <message>
        <source>For ±5 points at 95 % it takes {n}.</source>
        <translation>置信度95%、误差±5个百分点需抽{n}件。</translation>
    </message>
    <message>
        <source>A share found among them lies within, with a confidence of — {parts}. {needed}</source>
        <translation>由样本推断的比例，误差不超过——置信度{parts}。{needed}</translation>
    </message>
</context>
<context>
    <name>DateTimeField</name>
    <message>
        <source>No date chosen</source>
        <translation>未选日期</translation>
    </message>
</context>
<context>
    <name>DecisionList</name>
    <message>
        <source>{field}: {text}</source>
        <translation>{field}：{text}</translation>
    </message>
    <message>
        <source>Yours · {time}</source>
        <translation>您的 · {time}</translation>
    </message>
</context>
<context>
    <name>DifferenceText</name>
    <message>
        <source>added: {text}</source>
        <translation>新增：{text}</translation>
    </message>
    <message>
        <source>removed: {text}</source>
        <translation>删去：{text}</translation>
    </message>
</context>
<context>
    <name>DueWords</name>
    <message>
        <source>what comes after {time} is taken the next working day</source>
        <translation>{time} 以后收到的顺延至下一工作日</translation>
    </message>
    <message>
        <source>computed by version {n} of the rules, which this computer does not have</source>
        <translation>按规则第 {n} 版计算，本机没有这一版</translation>
    </message>
    <message>
        <source>a rule of another system, not reckoned here</source>
        <translation>由其他系统的规则确定，本机不作计算</translation>
    </message>
    <message>
        <source>version of the rules not told; explained by version {n}</source>
        <translation>未注明规则版本，按第 {n} 版说明</translation>
    </message>
    <message>
        <source>rules version {n}, in force since {day}</source>
        <translation>规则第 {n} 版，{day} 起施行</translation>
    </message>
    <message>
        <source>The clock stands still.</source>
        <translation>暂停计时。</translation>
    </message>
    <message>
        <source>Left by the clock: {clock}; of it working time: {working}.</source>
        <translation>按钟点还剩 {clock}，其中工作时间 {working}。</translation>
    </message>
    <message>
        <source>Working time left: {working}.</source>
        <translation>还剩工作时间 {working}。</translation>
    </message>
    <message>
        <source>Working time left: {working}, which is {days}.</source>
        <translation>还剩工作时间 {working}，即 {days}。</translation>
    </message>
    <message>
        <source>{m} min</source>
        <translation>{m} 分钟</translation>
    </message>
    <message>
        <source>{h} h</source>
        <translation>{h} 小时</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h} 小时 {m} 分钟</translation>
    </message>
    <message>
        <source>Hours run by the clock, through nights and days off.</source>
        <translation>按小时连续计时，夜间和休息日不扣除。</translation>
    </message>
    <message>
        <source>paused {n}</source>
        <translation>暂停 {n}</translation>
    </message>
    <message>
        <source>extended by {n}</source>
        <translation>延期 {n}</translation>
    </message>
    <message>
        <source>Provisional: it may still move.</source>
        <translation>暂定：到期时间还会变动。</translation>
    </message>
    <message>
        <source>Provisional: the working calendar of that year is not announced yet.</source>
        <translation>暂定：该年度放假安排尚未公布。</translation>
    </message>
    <message>
        <source>Extended only after {time} had passed: that it was late then stays on record.</source>
        <translation>原到期 {time} 已过才申请延期：当时的逾期照记。</translation>
    </message>
    <message>
        <source>The server says {server}, the rule gives {rule}. The server&apos;s time decides.</source>
        <translation>服务器的到期时间是 {server}，按规则计算是 {rule}。以服务器为准。</translation>
    </message>
    <message>
        <source>due {time}, {weekday}</source>
        <translation>{time}（{weekday}）到期</translation>
    </message>
    <message>
        <source>provisional</source>
        <translation>暂定</translation>
    </message>
    <message>
        <source>what is late already stays late</source>
        <translation>已逾期的仍算逾期</translation>
    </message>
    <message>
        <source>the rule allows at most {n} working days at once</source>
        <translation>规则规定每次最多延期 {n} 个工作日</translation>
    </message>
    <message>
        <source>Ticket {number}, {unit}, {type}.</source>
        <translation>工单 {number}，{unit}，{type}。</translation>
    </message>
    <message>
        <source>Clock began {start}; limit: {rule}; due {due}.</source>
        <translation>起算 {start}；时限：{rule}；到期 {due}。</translation>
    </message>
    <message>
        <source>Extended from {old} to {new}.</source>
        <translation>延期：由 {old} 改为 {new}。</translation>
    </message>
    <message>
        <source>Monday</source>
        <translation>周一</translation>
    </message>
    <message>
        <source>Tuesday</source>
        <translation>周二</translation>
    </message>
    <message>
        <source>Wednesday</source>
        <translation>周三</translation>
    </message>
    <message>
        <source>Thursday</source>
        <translation>周四</translation>
    </message>
    <message>
        <source>Friday</source>
        <translation>周五</translation>
    </message>
    <message>
        <source>Saturday</source>
        <translation>周六</translation>
    </message>
    <message>
        <source>Sunday</source>
        <translation>周日</translation>
    </message>
    <message>
        <source>Counted, {n}: {days}.</source>
        <translation>计入 {n} 天：{days}。</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>暂停计时</translation>
    </message>
    <message>
        <source>Not counted: {days}.</source>
        <translation>不计：{days}。</translation>
    </message>
    <message>
        <source>Added by extension, {n}: {days}.</source>
        <translation>延期增加 {n} 天：{days}。</translation>
    </message>
    <message>
        <source>no rule named</source>
        <translation>未注明规则</translation>
    </message>
    <message>
        <source>weekend</source>
        <translation>周末</translation>
    </message>
    <message>
        <source>holiday</source>
        <translation>节假日</translation>
    </message>
    <message>
        <source>{what} ({who})</source>
        <translation>{what}（{who}）</translation>
    </message>
    <message>
        <source>{day} ({weekday}) {time}</source>
        <translation>{day}（{weekday}）{time}</translation>
    </message>
    <message>
        <source>Now: {standing}.</source>
        <translation>目前：{standing}。</translation>
    </message>
    <message>
        <source>of them make-up days {n}</source>
        <translation>其中调休上班 {n}</translation>
    </message>
    <message>
        <source>the rule allows no more extensions than the {n} granted</source>
        <translation>规则规定最多延期 {n} 次，已用完</translation>
    </message>
    <message>
        <source>{n} natural days</source>
        <translation>{n} 个自然日</translation>
    </message>
    <message>
        <source>Counted {n}</source>
        <translation>计入 {n}</translation>
    </message>
    <message>
        <source>Working days in between {n}</source>
        <translation>期间工作日 {n}</translation>
    </message>
    <message>
        <source>Working days in between, {n}: {days}.</source>
        <translation>期间工作日 {n} 天：{days}。</translation>
    </message>
    <message>
        <source>days off as announced with version {n}</source>
        <translation>节假日按第{n}版公布的安排</translation>
    </message>
</context>
<context>
    <name>EarlierVersions</name>
    <message>
        <source>Earlier versions</source>
        <translation>以往版本</translation>
    </message>
    <message>
        <source>Take up again</source>
        <translation>重新采用</translation>
    </message>
    <message>
        <source>Hide them</source>
        <translation>收起</translation>
    </message>
    <message numerus="yes">
        <source>Show %n earlier version(s) of what you wrote</source>
        <translation>
            <numerusform>查看您写过的 %n 个以往版本</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvidenceField</name>
    <message>
        <source>Tick at the right</source>
        <translation>在右侧勾选</translation>
    </message>
    <message numerus="yes">
        <source>%n ticket(s) cited</source>
        <translation>
            <numerusform>引用 %n 件工单</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) ticked</source>
        <translation>
            <numerusform>已勾选 %n 条记录</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvidenceFile</name>
    <message>
        <source>Evidence</source>
        <translation>证据包</translation>
    </message>
    <message>
        <source>Zip archive (*.zip)</source>
        <translation>压缩文件 (*.zip)</translation>
    </message>
    <message>
        <source>Save the evidence</source>
        <translation>保存证据包</translation>
    </message>
    <message>
        <source>{name} saved. Its manifest: {digest}</source>
        <translation>已保存{name}，清单哈希值：{digest}</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>required</source>
        <translation>必填</translation>
    </message>
</context>
<context>
    <name>FieldPanel</name>
    <message>
        <source>Take visits along</source>
        <translation>带走回访（离线）</translation>
    </message>
    <message>
        <source>For work without a network: nobody else calls these people meanwhile, and colleagues see who has them. The numbers stay on this machine until the time is over or it is locked.</source>
        <translation>用于无网络时回访：期间其他人不会拨打这些诉求人，同事可看到由谁带走。号码只保存在本机，到时或锁定即清除。</translation>
    </message>
    <message>
        <source>How many visits</source>
        <translation>带走几件</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>带走多久</translation>
    </message>
    <message>
        <source>Take along</source>
        <translation>带走</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>交还</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>Visits are still held in your name, and their numbers are not here any more.</source>
        <translation>仍有回访以您的名义保留，但本机已没有号码。</translation>
    </message>
    <message>
        <source>Give back first what you have.</source>
        <translation>请先交还已带走的回访。</translation>
    </message>
    <message>
        <source>Held for you until {time}; the numbers went when this desk was locked.</source>
        <translation>为您保留至 {time}；锁定时号码已清除。</translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) taken along, until {time}. They stand first with N while there is no network.</source>
        <translation>
            <numerusform>已带走 %n 件回访，至 {time}。无网络时按 N 依次拨打。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) of these visits are still on their way to the server.</source>
        <translation>
            <numerusform>这些回访还有 %n 条记录未送达服务器。</numerusform>
        </translation>
    </message>
    <message>
        <source>First finish with the person in hand.</source>
        <translation>请先处理完手头的诉求人。</translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) taken along.</source>
        <translation>
            <numerusform>已带走 %n 件回访。</numerusform>
        </translation>
    </message>
    <message>
        <source>Given back: colleagues may call these people again.</source>
        <translation>已交还，同事可以继续回访这些诉求人。</translation>
    </message>
</context>
<context>
    <name>FileLine</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>(hidden)</source>
        <translation>（已隐藏）</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>FileList</name>
    <message>
        <source>Add file…</source>
        <translation>添加附件…</translation>
    </message>
    <message>
        <source>Paste picture</source>
        <translation>粘贴图片</translation>
    </message>
    <message>
        <source>Add file</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>At most {n} files at once; the others were left out.</source>
        <translation>一次最多添加 {n} 个文件，其余未添加。</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>剪贴板中没有图片。</translation>
    </message>
    <message>
        <source>Screenshot {time}</source>
        <translation>截图 {time}</translation>
    </message>
    <message>
        <source>No program on this computer opens such files. Save it and choose one.</source>
        <translation>本机没有可打开此类文件的程序。请另存后自行选择。</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Saved. Outside this program the file is no longer encrypted.</source>
        <translation>已保存。离开本程序后文件不再加密。</translation>
    </message>
</context>
<context>
    <name>FileWords</name>
    <message>
        <source>{done} of {size}</source>
        <translation>{done} / {size}</translation>
    </message>
    <message>
        <source>waits for the network</source>
        <translation>等待网络</translation>
    </message>
    <message>
        <source>on its way, {part}</source>
        <translation>正在上传，{part}</translation>
    </message>
    <message>
        <source>being fetched, {part}</source>
        <translation>正在下载，{part}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>已在本机</translation>
    </message>
    <message>
        <source>at the server</source>
        <translation>在服务器上</translation>
    </message>
    <message>
        <source>to a note</source>
        <translation>随备注</translation>
    </message>
    <message>
        <source>evidence of a finding</source>
        <translation>检查问题的证据</translation>
    </message>
    <message>
        <source>to a unit&apos;s answer</source>
        <translation>随单位答复</translation>
    </message>
    <message>
        <source>to a notice&apos;s reply</source>
        <translation>随督办单答复</translation>
    </message>
    <message>
        <source>to an urge</source>
        <translation>随催办</translation>
    </message>
    <message>
        <source>Pictures, documents, texts, recordings</source>
        <translation>图片、文档、文本、录音</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>not fetched</source>
        <translation>未下载</translation>
    </message>
    <message>
        <source>kept with the draft</source>
        <translation>随草稿保存</translation>
    </message>
    <message>
        <source>recording of a call</source>
        <translation>通话录音</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>District</source>
        <translation>区县</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>时限状态</translation>
    </message>
    <message>
        <source>Requester</source>
        <translation>诉求人</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>经办人</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我经办的</translation>
    </message>
    <message>
        <source>Nobody&apos;s</source>
        <translation>未指定</translation>
    </message>
</context>
<context>
    <name>FilterChip</name>
    <message>
        <source>{question}: {answer}</source>
        <translation>{question}：{answer}</translation>
    </message>
</context>
<context>
    <name>FilterChips</name>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>FindingClocks</name>
    <message>
        <source>Days of the time limit</source>
        <translation>时限逐日说明</translation>
    </message>
    <message>
        <source>Receipt to be confirmed by {time}</source>
        <translation>须在 {time} 前确认收到</translation>
    </message>
    <message>
        <source>To be put right by {time}</source>
        <translation>须在 {time} 前整改到位</translation>
    </message>
    <message>
        <source>A review may be asked for until {time}</source>
        <translation>可申请复核至 {time}</translation>
    </message>
    <message>
        <source>The review is to be decided by {time}</source>
        <translation>须在 {time} 前作出复核决定</translation>
    </message>
    <message>
        <source>the time rests while it is the office&apos;s turn</source>
        <translation>由督办方办理期间暂停计时</translation>
    </message>
    <message>
        <source>it was overdue when it came</source>
        <translation>提交时已逾期</translation>
    </message>
</context>
<context>
    <name>FindingFields</name>
    <message>
        <source>Unit</source>
        <translation>被查单位</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>问题类型</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>问题事实</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>What is required</source>
        <translation>整改要求</translation>
    </message>
    <message>
        <source>Time to put it right</source>
        <translation>整改时限</translation>
    </message>
    <message>
        <source>working days</source>
        <translation>个工作日</translation>
    </message>
    <message>
        <source>One fact, and how it is known; without the citizen&apos;s identity.</source>
        <translation>只写一个事实并说明来源；不写诉求人身份。</translation>
    </message>
    <message>
        <source>Until {time}.</source>
        <translation>整改至 {time}。</translation>
    </message>
    <message>
        <source>Until {time}, if it is filed now.</source>
        <translation>现在登记，整改至 {time}。</translation>
    </message>
    <message>
        <source>What the unit has to do</source>
        <translation>请写明整改要求</translation>
    </message>
    <message>
        <source>Files as evidence</source>
        <translation>作为证据的附件</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Fills what is still empty.</source>
        <translation>仅填入尚为空白的内容。</translation>
    </message>
    <message>
        <source>Rule basis</source>
        <translation>规则依据</translation>
    </message>
</context>
<context>
    <name>FindingFormView</name>
    <message>
        <source>Show it</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Save as draft</source>
        <translation>存为草稿</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Back to the register</source>
        <translation>返回台账</translation>
    </message>
    <message>
        <source>It is not on this desktop any more.</source>
        <translation>本机已没有这条记录。</translation>
    </message>
    <message>
        <source>Draft restored</source>
        <translation>已恢复草稿</translation>
    </message>
    <message>
        <source>Register finding on {ticket}</source>
        <translation>登记检查问题 · 工单 {ticket}</translation>
    </message>
    <message>
        <source>Edit finding {number}</source>
        <translation>修改检查问题 {number}</translation>
    </message>
    <message>
        <source>Draft kept {time}</source>
        <translation>草稿已存 {time}</translation>
    </message>
    <message>
        <source>The same fact stands in the register already: {code} against {unit} on this ticket, {number}, {state}.</source>
        <translation>台账中已有相同问题：{unit}在本工单的 {code}，{number}，{state}。</translation>
    </message>
    <message>
        <source>Send changes</source>
        <translation>提交修改</translation>
    </message>
    <message>
        <source>Send changes later</source>
        <translation>稍后发送修改</translation>
    </message>
    <message>
        <source>File finding</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>Send later</source>
        <translation>稍后发送</translation>
    </message>
    <message>
        <source>Changes recorded</source>
        <translation>修改已记录</translation>
    </message>
    <message>
        <source>Finding recorded</source>
        <translation>检查问题已记录</translation>
    </message>
    <message>
        <source>A draft needs its unit</source>
        <translation>草稿需要先选单位</translation>
    </message>
    <message>
        <source>Draft recorded</source>
        <translation>草稿已记录</translation>
    </message>
    <message>
        <source>{done}, {sending}</source>
        <translation>{done}，{sending}</translation>
    </message>
    <message>
        <source>is being sent</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
</context>
<context>
    <name>FindingPane</name>
    <message>
        <source>Reason for withdrawing it</source>
        <translation>撤回原因</translation>
    </message>
    <message>
        <source>What still has to be put right</source>
        <translation>还需整改的内容</translation>
    </message>
    <message>
        <source>No finding chosen</source>
        <translation>未选择检查问题</translation>
    </message>
    <message>
        <source>Choose one in the register to see what the unit answered.</source>
        <translation>在台账中选择一条，查看单位答复。</translation>
    </message>
    <message>
        <source>A form that was begun</source>
        <translation>未写完的检查问题</translation>
    </message>
    <message>
        <source>It is kept on this machine only, until it is filed or saved as a draft.</source>
        <translation>提交或存为草稿之前，只保存在本机。</translation>
    </message>
    <message>
        <source>Continue writing</source>
        <translation>继续填写</translation>
    </message>
    <message>
        <source>File</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Uphold</source>
        <translation>认定</translation>
    </message>
    <message>
        <source>Close out</source>
        <translation>销号</translation>
    </message>
    <message>
        <source>Send back</source>
        <translation>退回整改</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>File, send later</source>
        <translation>登记，稍后发送</translation>
    </message>
    <message>
        <source>Finding filed</source>
        <translation>检查问题已登记</translation>
    </message>
    <message>
        <source>Finding upheld</source>
        <translation>检查问题已认定</translation>
    </message>
    <message>
        <source>Finding closed out</source>
        <translation>检查问题已销号</translation>
    </message>
    <message>
        <source>Finding withdrawn</source>
        <translation>检查问题已撤回</translation>
    </message>
    <message>
        <source>Rectification sent back</source>
        <translation>整改已退回</translation>
    </message>
    <message>
        <source>The unit needs a reason</source>
        <translation>须向单位说明原因</translation>
    </message>
    <message>
        <source>{done}, {sending}</source>
        <translation>{done}，{sending}</translation>
    </message>
    <message>
        <source>is being sent</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Letters and evidence…</source>
        <translation>文书与证据…</translation>
    </message>
    <message>
        <source>Evidence in one file…</source>
        <translation>证据包（一个文件）…</translation>
    </message>
    <message>
        <source>Decide…</source>
        <translation>复核决定…</translation>
    </message>
    <message>
        <source>Arrange…</source>
        <translation>安排核实…</translation>
    </message>
    <message>
        <source>Commend</source>
        <translation>推介</translation>
    </message>
    <message>
        <source>Good practice commended</source>
        <translation>优秀做法已推介</translation>
    </message>
    <message>
        <source>Verification arranged</source>
        <translation>整改核实已安排</translation>
    </message>
    <message>
        <source>Review decided</source>
        <translation>复核决定已记录</translation>
    </message>
</context>
<context>
    <name>FindingSheets</name>
    <message>
        <source>How is the rectification looked at?</source>
        <translation>如何核实整改情况？</translation>
    </message>
    <message>
        <source>Arrange it</source>
        <translation>安排</translation>
    </message>
    <message>
        <source>Close the finding out</source>
        <translation>问题销号</translation>
    </message>
    <message>
        <source>Close out</source>
        <translation>销号</translation>
    </message>
    <message>
        <source>Decide the review</source>
        <translation>作出复核决定</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>作出决定</translation>
    </message>
    <message>
        <source>Look-back {name}</source>
        <translation>回头看 {name}</translation>
    </message>
    <message>
        <source>Return visit of {name}</source>
        <translation>{name} 的回访</translation>
    </message>
</context>
<context>
    <name>FindingStart</name>
    <message>
        <source>Choose a ticket whose check has a line that was not met.</source>
        <translation>请选择检查表中有不符合项的工单。</translation>
    </message>
    <message>
        <source>Inspected by the list: “{line}” was not met.</source>
        <translation>经对照检查表核查，“{line}”不符合。</translation>
    </message>
</context>
<context>
    <name>FindingSteps</name>
    <message>
        <source>The facts are not written yet; edit it first.</source>
        <translation>尚未填写问题事实，请先修改。</translation>
    </message>
    <message>
        <source>No unit is named yet; edit it first.</source>
        <translation>尚未选择单位，请先修改。</translation>
    </message>
    <message>
        <source>The unit has answered to these words; they stay.</source>
        <translation>单位已据此答复，内容不再修改。</translation>
    </message>
    <message>
        <source>It has been upheld.</source>
        <translation>该问题已认定。</translation>
    </message>
    <message>
        <source>The unit has not reported the rectification yet.</source>
        <translation>单位尚未报告整改完成。</translation>
    </message>
    <message>
        <source>A review was asked for; somebody who took no part decides it.</source>
        <translation>单位已申请复核，由未参与的人员裁定。</translation>
    </message>
    <message>
        <source>It is closed out.</source>
        <translation>该问题已销号。</translation>
    </message>
    <message>
        <source>It was withdrawn.</source>
        <translation>该问题已撤回。</translation>
    </message>
    <message>
        <source>The unit has not confirmed receipt yet; without it from {time} on.</source>
        <translation>单位尚未确认收到；{time} 之后可不待确认即认定。</translation>
    </message>
    <message>
        <source>You had a hand in it; somebody who took no part decides.</source>
        <translation>您参与过该问题，由未参与的人员作出决定。</translation>
    </message>
    <message>
        <source>It was commended.</source>
        <translation>已推介。</translation>
    </message>
    <message>
        <source>No visit was made since the report, and no look-back checked every ticket cited; arrange one first.</source>
        <translation>整改报告后尚无回访，也没有回头看查完全部引用工单；请先安排核验。</translation>
    </message>
</context>
<context>
    <name>FindingView</name>
    <message>
        <source>What is required</source>
        <translation>整改要求</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>问题事实</translation>
    </message>
    <message>
        <source>Tickets cited</source>
        <translation>引用的工单</translation>
    </message>
    <message>
        <source>Course and replies</source>
        <translation>经过与答复</translation>
    </message>
    <message>
        <source>written by {who}</source>
        <translation>{who} 起草</translation>
    </message>
    <message>
        <source>What was done here last is waiting to be sent.</source>
        <translation>最近的操作待发送。</translation>
    </message>
    <message>
        <source>Not written yet</source>
        <translation>尚未填写</translation>
    </message>
    <message numerus="yes">
        <source>%n working day(s) to put it right</source>
        <translation>
            <numerusform>整改时限 %n 个工作日</numerusform>
        </translation>
    </message>
    <message>
        <source>A ticket that is not on this desktop</source>
        <translation>不在本机的工单</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>起草</translation>
    </message>
    <message>
        <source>Filed with the unit</source>
        <translation>登记并送达单位</translation>
    </message>
    <message>
        <source>Receipt confirmed</source>
        <translation>单位已签收</translation>
    </message>
    <message>
        <source>Closed out</source>
        <translation>已销号</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Rectification sent back</source>
        <translation>整改已退回</translation>
    </message>
    <message>
        <source>Upheld; to be put right</source>
        <translation>已认定，待整改</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Rule basis</source>
        <translation>规则依据</translation>
    </message>
    <message>
        <source>Good practice</source>
        <translation>优秀做法</translation>
    </message>
    <message>
        <source>{n} more of the same code at {unit} within {days} days: {numbers}</source>
        <translation>{unit} {days} 天内还有 {n} 个同类问题：{numbers}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Commended</source>
        <translation>已推介</translation>
    </message>
</context>
<context>
    <name>FirstLookView</name>
    <message>
        <source>Tickets</source>
        <translation>工单</translation>
    </message>
</context>
<context>
    <name>FirstSyncStrip</name>
    <message>
        <source>First sync</source>
        <translation>首次同步</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>First sync: {rows} of {total} rows, {pages} pages</source>
        <translation>首次同步：{rows} / {total} 条，{pages} 页</translation>
    </message>
    <message>
        <source>First sync: asking the server</source>
        <translation>首次同步：正在询问服务器</translation>
    </message>
    <message>
        <source>{words} · paused</source>
        <translation>{words} · 已暂停</translation>
    </message>
    <message>
        <source>{words} · {seconds} s left</source>
        <translation>{words} · 还需 {seconds} 秒</translation>
    </message>
    <message>
        <source>{words} · {minutes} min left</source>
        <translation>{words} · 还需 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即尝试</translation>
    </message>
    <message>
        <source>{words} · waiting for the server</source>
        <translation>{words} · 等待服务器</translation>
    </message>
    <message>
        <source>First sync: all {total} rows are here, sorting the lists ({left} to go)</source>
        <translation>首次同步：{total} 条已到齐，正在整理列表（还剩 {left} 项）</translation>
    </message>
</context>
<context>
    <name>FirstSyncView</name>
    <message>
        <source>Sign in again</source>
        <translation>重新登录</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即尝试</translation>
    </message>
    <message>
        <source>The first sync is paused</source>
        <translation>首次同步已暂停</translation>
    </message>
    <message>
        <source>Your cases cannot be fetched yet</source>
        <translation>暂时还取不到您的工单</translation>
    </message>
    <message>
        <source>What has come is kept; it goes on from there.</source>
        <translation>已收到的内容都保留，继续时从那里接着来。</translation>
    </message>
</context>
<context>
    <name>FormPanel</name>
    <message>
        <source>This is needed</source>
        <translation>此项必填</translation>
    </message>
</context>
<context>
    <name>FormSheet</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Frame</name>
    <message>
        <source>No case of this number is within your scope.</source>
        <translation>您的范围内没有此编号的工单。</translation>
    </message>
</context>
<context>
    <name>FrameEntries</name>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Fold or unfold the rail</source>
        <translation>收起或展开侧栏</translation>
    </message>
    <message>
        <source>How we stand with the server</source>
        <translation>与服务器的连接情况</translation>
    </message>
    <message>
        <source>Keys and help</source>
        <translation>快捷键与帮助</translation>
    </message>
    <message>
        <source>About this program</source>
        <translation>关于本程序</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>立即锁定</translation>
    </message>
    <message>
        <source>Sign out…</source>
        <translation>退出登录…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>How fast the program answers</source>
        <translation>程序响应速度</translation>
    </message>
    <message>
        <source>Letter templates…</source>
        <translation>公文模板…</translation>
    </message>
    <message>
        <source>Telephone…</source>
        <translation>电话设置…</translation>
    </message>
    <message>
        <source>Notifications…</source>
        <translation>通知…</translation>
    </message>
    <message>
        <source>Compact or comfortable rows</source>
        <translation>紧凑或宽松行距</translation>
    </message>
    <message>
        <source>Appearance…</source>
        <translation>外观…</translation>
    </message>
</context>
<context>
    <name>GroupPane</name>
    <message>
        <source>Cases</source>
        <translation>工单数</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>逾期</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>By unit</source>
        <translation>按单位</translation>
    </message>
    <message>
        <source>By district</source>
        <translation>按区县</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>GroupTabs</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>With the unit</source>
        <translation>单位办理中</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已答复</translation>
    </message>
    <message>
        <source>To be checked</source>
        <translation>待核查</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已了结</translation>
    </message>
</context>
<context>
    <name>Guidance</name>
    <message>
        <source>Tip</source>
        <translation>工作提示</translation>
    </message>
    <message>
        <source>Reminder letter</source>
        <translation>提醒函</translation>
    </message>
    <message>
        <source>not confirmed yet</source>
        <translation>尚未确认</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤回</translation>
    </message>
</context>
<context>
    <name>GuidancePage</name>
    <message>
        <source>Guidance</source>
        <translation>工作提示</translation>
    </message>
    <message>
        <source>New guidance…</source>
        <translation>新建工作提示…</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发送时间</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>已阅</translation>
    </message>
    <message>
        <source>New guidance</source>
        <translation>新建工作提示</translation>
    </message>
    <message>
        <source>Send, or confirm as read</source>
        <translation>发送，或确认已阅</translation>
    </message>
    <message>
        <source>Withdraw guidance</source>
        <translation>撤回工作提示</translation>
    </message>
    <message>
        <source>Close the form; the draft stays</source>
        <translation>关闭表单，草稿保留</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>这里没有内容</translation>
    </message>
    <message>
        <source>No guidance has been sent yet.</source>
        <translation>还没有发送过工作提示。</translation>
    </message>
    <message>
        <source>To read</source>
        <translation>待阅</translation>
    </message>
</context>
<context>
    <name>GuidanceView</name>
    <message>
        <source>Read by</source>
        <translation>已阅情况</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>If there is something to say to it</source>
        <translation>如有需要说明的事项</translation>
    </message>
    <message>
        <source>Confirm as read</source>
        <translation>确认已阅</translation>
    </message>
    <message>
        <source>Withdraw…</source>
        <translation>撤回…</translation>
    </message>
    <message>
        <source>Withdrawn: {reason}</source>
        <translation>已撤回：{reason}</translation>
    </message>
    <message>
        <source>Withdraw guidance</source>
        <translation>撤回工作提示</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Confirmed, sent later</source>
        <translation>已确认，稍后发送</translation>
    </message>
    <message>
        <source>Guidance withdrawn</source>
        <translation>工作提示已撤回</translation>
    </message>
</context>
<context>
    <name>GuideCard</name>
    <message>
        <source>Once round the office</source>
        <translation>走一遍督办流程</translation>
    </message>
    <message>
        <source>Close the guide</source>
        <translation>关闭引导</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>带我去</translation>
    </message>
    <message>
        <source>Overdue case</source>
        <translation>逾期工单</translation>
    </message>
    <message>
        <source>Urge</source>
        <translation>催办</translation>
    </message>
    <message>
        <source>Supervision notice</source>
        <translation>督办单</translation>
    </message>
    <message>
        <source>Return visit</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>登记问题</translation>
    </message>
    <message>
        <source>The unit&apos;s answer, offline</source>
        <translation>离线答复</translation>
    </message>
    <message>
        <source>Open the first overdue case: its clocks and its timeline stand on the right.</source>
        <translation>打开第一件逾期工单：右侧是它的时限和时间线。</translation>
    </message>
    <message>
        <source>Press U on a case: whom you reached, what was answered, what was promised.</source>
        <translation>在工单上按 U：联系到谁、如何答复、承诺何时办结。</translation>
    </message>
    <message>
        <source>Press S on a case: ground and requirement, then submit it to the chief.</source>
        <translation>在工单上按 S：写明事由和要求，提交科长审批。</translation>
    </message>
    <message>
        <source>As the return-visit staff, take the next person and dial: the practice line answers.</source>
        <translation>切换为回访员，取下一位并拨号：由练习线路应答。</translation>
    </message>
    <message>
        <source>A visit contradicts the file? Press F on the case and cite what proves it.</source>
        <translation>回访与办理记录不符？在工单上按 F 登记问题，并引用依据。</translation>
    </message>
    <message>
        <source>As the liaison, with the network cut: the answer waits and goes out by itself.</source>
        <translation>切换为联络员并断开网络：答复会先待发送，联网后自动发出。</translation>
    </message>
    <message>
        <source>That was the whole round. Look around as long as you like.</source>
        <translation>流程已走完，您可以继续随意查看。</translation>
    </message>
</context>
<context>
    <name>HelpSheet</name>
    <message>
        <source>Everywhere</source>
        <translation>随处可用</translation>
    </message>
    <message>
        <source>In lists</source>
        <translation>列表中</translation>
    </message>
    <message>
        <source>In forms</source>
        <translation>表单中</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>About this program</source>
        <translation>关于本程序</translation>
    </message>
    <message>
        <source>Find a command, page or queue</source>
        <translation>查找命令、页面或列表</translation>
    </message>
    <message>
        <source>Go to a page of the rail</source>
        <translation>转到导航栏中的页面</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Fold or unfold the rail</source>
        <translation>折叠或展开导航栏</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>本页</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Search and filter</source>
        <translation>搜索与筛选</translation>
    </message>
    <message>
        <source>Leave the search, close the panel</source>
        <translation>退出搜索，关闭面板</translation>
    </message>
    <message>
        <source>Next field</source>
        <translation>下一项</translation>
    </message>
    <message>
        <source>Do what the blue button says</source>
        <translation>执行蓝色按钮的操作</translation>
    </message>
    <message>
        <source>Close; what was typed is kept as a draft</source>
        <translation>关闭；已输入的内容存为草稿</translation>
    </message>
    <message>
        <source>What needs me</source>
        <translation>需要我处理的事项</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>立即锁定</translation>
    </message>
    <message>
        <source>How fast the program answers</source>
        <translation>程序响应速度</translation>
    </message>
    <message>
        <source>Compact or comfortable rows</source>
        <translation>紧凑或宽松行距</translation>
    </message>
    <message>
        <source>My units, or the whole city</source>
        <translation>我分管的单位 / 全市</translation>
    </message>
    <message>
        <source>How we stand with the server</source>
        <translation>与服务器的连接情况</translation>
    </message>
</context>
<context>
    <name>InspectionPane</name>
    <message>
        <source>Draw it again</source>
        <translation>核验抽样</translation>
    </message>
    <message>
        <source>Save protocol…</source>
        <translation>保存抽样记录…</translation>
    </message>
    <message>
        <source>No inspection chosen</source>
        <translation>未选择检查</translation>
    </message>
    <message>
        <source>Choose one to see its plan, its sample and what was found.</source>
        <translation>选择一次检查，查看方案、样本和检查情况。</translation>
    </message>
    <message>
        <source>Issue</source>
        <translation>下达</translation>
    </message>
    <message>
        <source>Freeze the frame</source>
        <translation>封存抽样框</translation>
    </message>
    <message>
        <source>Fix the criteria…</source>
        <translation>确定抽样标准…</translation>
    </message>
    <message>
        <source>Draw…</source>
        <translation>抽取…</translation>
    </message>
    <message>
        <source>Check the ticket…</source>
        <translation>检查工单…</translation>
    </message>
    <message>
        <source>Close…</source>
        <translation>结束…</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Recuse…</source>
        <translation>回避…</translation>
    </message>
    <message>
        <source>Withdraw…</source>
        <translation>撤销…</translation>
    </message>
    <message>
        <source>Inspection issued</source>
        <translation>检查已下达</translation>
    </message>
    <message>
        <source>Frame frozen</source>
        <translation>抽样框已封存</translation>
    </message>
    <message>
        <source>A report is checked by a cleared colleague.</source>
        <translation>举报件由有授权的同事检查。</translation>
    </message>
    <message>
        <source>Choose a ticket of the sample that is on this desktop.</source>
        <translation>请选择一件本机上有的样本工单。</translation>
    </message>
    <message>
        <source>Close the inspection</source>
        <translation>结束检查</translation>
    </message>
    <message>
        <source>What came of it</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Withdraw the inspection</source>
        <translation>撤销检查</translation>
    </message>
    <message>
        <source>Reason for withdrawing it</source>
        <translation>撤销理由</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Nothing to draw again is on this desktop.</source>
        <translation>本机上没有可核验的样本。</translation>
    </message>
    <message>
        <source>It does not come out as it stands here. {faults}</source>
        <translation>核验不一致。{faults}</translation>
    </message>
    <message>
        <source>Drawn again: the same {n} tickets, and every hash is right.</source>
        <translation>核验一致：重新抽取得到同样的{n}件工单，各项哈希值均相符。</translation>
    </message>
    <message>
        <source>Criteria fixed</source>
        <translation>抽样标准已确定</translation>
    </message>
    <message>
        <source>Sample drawn</source>
        <translation>样本已抽取</translation>
    </message>
    <message>
        <source>Check recorded</source>
        <translation>检查记录已保存</translation>
    </message>
    <message>
        <source>Inspection closed</source>
        <translation>检查已结束</translation>
    </message>
    <message>
        <source>Inspection withdrawn</source>
        <translation>检查已撤销</translation>
    </message>
    <message>
        <source>Inspector recused</source>
        <translation>已回避</translation>
    </message>
    <message>
        <source>{done}, {sending}</source>
        <translation>{done}，{sending}</translation>
    </message>
    <message>
        <source>is being sent</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Papers…</source>
        <translation>文书…</translation>
    </message>
    <message>
        <source>Finding…</source>
        <translation>登记问题…</translation>
    </message>
</context>
<context>
    <name>InspectionView</name>
    <message>
        <source>How it is gone about</source>
        <translation>检查方式和安排</translation>
    </message>
    <message>
        <source>What came of it</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>How the sample came to be</source>
        <translation>抽样经过</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>检查目的</translation>
    </message>
    <message>
        <source>Numbered when it is issued</source>
        <translation>下达时编号</translation>
    </message>
    <message>
        <source>What was done here last is waiting to be sent.</source>
        <translation>最近的操作待发送。</translation>
    </message>
    <message>
        <source>Not written yet</source>
        <translation>尚未填写</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Mandate: {words}</source>
        <translation>检查依据：{words}</translation>
    </message>
    <message>
        <source>Units: {words}</source>
        <translation>被检查单位：{words}</translation>
    </message>
    <message>
        <source>Tickets {by} from {first} to {last}</source>
        <translation>范围：{by}，{first}至{last}</translation>
    </message>
    <message>
        <source>Types: {words}</source>
        <translation>诉求类型：{words}</translation>
    </message>
    <message>
        <source>Inspectors: {words}</source>
        <translation>检查人员：{words}</translation>
    </message>
    <message>
        <source>Recused: {who}, because {reason}</source>
        <translation>回避：{who}，{reason}</translation>
    </message>
    <message>
        <source>a colleague</source>
        <translation>一位同事</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Drawn by the seed</source>
        <translation>按种子抽取</translation>
    </message>
    <message>
        <source>Criteria fixed</source>
        <translation>抽样标准已确定</translation>
    </message>
    <message>
        <source>Frame frozen</source>
        <translation>抽样框已封存</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>下达</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>拟定</translation>
    </message>
    <message>
        <source>{method}; {n} by lot; in any case: {musts}. The seed will come from: {source}</source>
        <translation>{method}；随机抽取{n}件；必查：{musts}。种子来源：{source}</translation>
    </message>
    <message>
        <source>{unit} {size}</source>
        <translation>{unit}&#x3000;{size}件</translation>
    </message>
    <message>
        <source>{unit} {size}, of which {musts} in any case and {lots} by lot</source>
        <translation>{unit}&#x3000;{size}件，其中必查{musts}件、随机抽中{lots}件</translation>
    </message>
    <message>
        <source>SHA-256 {digest}</source>
        <translation>SHA-256 {digest}</translation>
    </message>
    <message>
        <source>What is looked at in each ticket</source>
        <translation>逐件检查的项目</translation>
    </message>
    <message>
        <source>{words} · fails the ticket</source>
        <translation>{words} · 否决项</translation>
    </message>
    <message>
        <source>{words} · weight {n}</source>
        <translation>{words} · 权重 {n}</translation>
    </message>
</context>
<context>
    <name>InspectionWords</name>
    <message>
        <source>Spot check</source>
        <translation>抽查</translation>
    </message>
    <message>
        <source>Look-back</source>
        <translation>回头看</translation>
    </message>
    <message>
        <source>Covert check</source>
        <translation>暗访</translation>
    </message>
    <message>
        <source>Being planned</source>
        <translation>拟定中</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>已下达</translation>
    </message>
    <message>
        <source>Frame frozen</source>
        <translation>抽样框已封存</translation>
    </message>
    <message>
        <source>Criteria fixed</source>
        <translation>抽样标准已定</translation>
    </message>
    <message>
        <source>Being inspected</source>
        <translation>检查中</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Simple, over all units</source>
        <translation>简单随机（不分单位）</translation>
    </message>
    <message>
        <source>By unit, in proportion</source>
        <translation>按单位比例分层</translation>
    </message>
    <message>
        <source>sent back {n} times or more</source>
        <translation>重办{n}次及以上的工单</translation>
    </message>
    <message>
        <source>reports</source>
        <translation>举报件</translation>
    </message>
    <message>
        <source>noted by a leader</source>
        <translation>领导批示件</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>completed by the unit</source>
        <translation>按办结时间</translation>
    </message>
    <message>
        <source>received</source>
        <translation>按受理时间</translation>
    </message>
    <message>
        <source>Met</source>
        <translation>符合</translation>
    </message>
    <message>
        <source>Not met</source>
        <translation>不符合</translation>
    </message>
    <message>
        <source>Does not apply</source>
        <translation>不适用</translation>
    </message>
    <message>
        <source>The frame is not the one that was hashed.</source>
        <translation>抽样框与其哈希值不符。</translation>
    </message>
    <message>
        <source>The unit&apos;s part of the frame is not the one that was hashed.</source>
        <translation>本单位名册与其哈希值不符。</translation>
    </message>
    <message>
        <source>The units&apos; parts do not make up the frame that was hashed.</source>
        <translation>各单位名册合不成被哈希的抽样框。</translation>
    </message>
    <message>
        <source>Another number of tickets is left for the lot than the protocol says.</source>
        <translation>可抽工单数与抽样记录不符。</translation>
    </message>
    <message>
        <source>The lot falls on other tickets.</source>
        <translation>抽中的工单与记录不符。</translation>
    </message>
</context>
<context>
    <name>InspectionsPage</name>
    <message>
        <source>Inspections</source>
        <translation>监督检查</translation>
    </message>
    <message>
        <source>New finding</source>
        <translation>新建检查问题</translation>
    </message>
    <message>
        <source>Edit the finding</source>
        <translation>修改检查问题</translation>
    </message>
    <message>
        <source>File the draft</source>
        <translation>登记草稿</translation>
    </message>
    <message>
        <source>Uphold the finding</source>
        <translation>认定</translation>
    </message>
    <message>
        <source>Close it out</source>
        <translation>销号</translation>
    </message>
    <message>
        <source>Send the rectification back</source>
        <translation>退回整改</translation>
    </message>
    <message>
        <source>Withdraw the finding</source>
        <translation>撤回检查问题</translation>
    </message>
    <message>
        <source>Next, previous finding</source>
        <translation>下一条、上一条</translation>
    </message>
    <message>
        <source>Search, register, finding</source>
        <translation>搜索、台账、问题</translation>
    </message>
    <message>
        <source>File what is written</source>
        <translation>提交所写内容</translation>
    </message>
    <message>
        <source>Save as draft</source>
        <translation>存为草稿</translation>
    </message>
    <message>
        <source>New finding: about which ticket?</source>
        <translation>新建检查问题：针对哪件工单？</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Rectification notice as a letter</source>
        <translation>生成整改通知书</translation>
    </message>
    <message>
        <source>Decide the review</source>
        <translation>作出复核决定</translation>
    </message>
    <message>
        <source>Arrange how the rectification is looked at</source>
        <translation>安排整改核实</translation>
    </message>
    <message>
        <source>Save the register as a file</source>
        <translation>导出问题台账</translation>
    </message>
</context>
<context>
    <name>InstructionCard</name>
    <message>
        <source>Feedback to the leader</source>
        <translation>批示反馈</translation>
    </message>
    <message>
        <source>Why it is withdrawn</source>
        <translation>撤销理由</translation>
    </message>
    <message>
        <source>Report back</source>
        <translation>登记反馈</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>{leader}&apos;s instruction</source>
        <translation>{leader}批示</translation>
    </message>
    <message>
        <source>write the feedback first</source>
        <translation>请先写反馈内容</translation>
    </message>
    <message>
        <source>given {when}</source>
        <translation>{when} 批示</translation>
    </message>
    <message>
        <source>until {when}</source>
        <translation>{when} 前办结</translation>
    </message>
    <message>
        <source>registered by {who}</source>
        <translation>{who} 登记</translation>
    </message>
    <message>
        <source>came back on report {number}</source>
        <translation>由专报 {number} 返回</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Reported back by {who}, {when}: {text}</source>
        <translation>{who} 于 {when} 反馈：{text}</translation>
    </message>
    <message>
        <source>Instruction recorded</source>
        <translation>批示件已登记</translation>
    </message>
</context>
<context>
    <name>InstructionWriter</name>
    <message>
        <source>Leader</source>
        <translation>批示领导</translation>
    </message>
    <message>
        <source>What the leader wrote</source>
        <translation>批示内容</translation>
    </message>
    <message>
        <source>Given on</source>
        <translation>批示日期</translation>
    </message>
    <message>
        <source>To be carried out until</source>
        <translation>办理时限</translation>
    </message>
    <message>
        <source>Lead unit</source>
        <translation>主办单位</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>New instruction on {number}</source>
        <translation>为 {number} 登记批示件</translation>
    </message>
    <message>
        <source>New instruction, on no case</source>
        <translation>登记批示件（不涉及工单）</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>name the leader first</source>
        <translation>请先填写批示领导</translation>
    </message>
    <message>
        <source>write down what the leader wrote</source>
        <translation>请写下批示内容</translation>
    </message>
    <message>
        <source>Instruction registered</source>
        <translation>批示件已登记</translation>
    </message>
</context>
<context>
    <name>KeyringSays</name>
    <message>
        <source>Nothing is kept on this machine yet, so a passphrase can lock it instead.</source>
        <translation>本机尚未保存任何数据，可以改用口令加密。</translation>
    </message>
    <message>
        <source>Your work is where it was and stays locked; no new key and no new store is made.</source>
        <translation>您的工作数据原样保留并保持加密；不会生成新密钥，也不会新建数据库。</translation>
    </message>
    <message>
        <source>The system&apos;s keyring is not running</source>
        <translation>系统密钥环没有运行</translation>
    </message>
    <message>
        <source>The key to your work was put into it, and this session has none.</source>
        <translation>打开您工作数据的密钥存放在密钥环中，而当前会话没有密钥环。</translation>
    </message>
    <message>
        <source>Sign in to the computer as usual, with its desktop, and try again.</source>
        <translation>请照常登录电脑桌面，然后重试。</translation>
    </message>
    <message>
        <source>The system&apos;s keyring is locked</source>
        <translation>系统密钥环已锁定</translation>
    </message>
    <message>
        <source>It asks for its password in a window of its own, which nobody has answered.</source>
        <translation>密钥环正在单独的窗口中询问密码，但没有人回应。</translation>
    </message>
    <message>
        <source>Look for that window, perhaps behind this one, or sign in to the computer again.</source>
        <translation>请找到那个窗口（可能在本窗口后面），或重新登录这台电脑。</translation>
    </message>
    <message>
        <source>The keyring was not unlocked</source>
        <translation>密钥环未解锁</translation>
    </message>
    <message>
        <source>Its window was closed, or it could not be shown.</source>
        <translation>询问密码的窗口被关闭，或未能显示。</translation>
    </message>
    <message>
        <source>Try again and type the keyring&apos;s password; it is mostly the one of your computer.</source>
        <translation>请重试并输入密钥环密码，它通常就是这台电脑的登录密码。</translation>
    </message>
    <message>
        <source>The system&apos;s keyring does not answer</source>
        <translation>系统密钥环没有响应</translation>
    </message>
    <message>
        <source>It runs, but seems to hang.</source>
        <translation>它在运行，但好像没有响应。</translation>
    </message>
    <message>
        <source>Try again in a minute. If it stays so, sign out of the computer and in again.</source>
        <translation>请过一分钟再试。如仍然如此，请注销电脑后重新登录。</translation>
    </message>
    <message>
        <source>The system&apos;s keyring has ended</source>
        <translation>系统密钥环已经退出</translation>
    </message>
    <message>
        <source>It was there a moment ago.</source>
        <translation>刚才它还在运行。</translation>
    </message>
    <message>
        <source>Try again; if it does not come back, sign out of the computer and in again.</source>
        <translation>请重试；如果没有恢复，请注销电脑后重新登录。</translation>
    </message>
    <message>
        <source>Something else lies in the keyring</source>
        <translation>密钥环中存放的不是密钥</translation>
    </message>
    <message>
        <source>Under the name of this store&apos;s key there is something that is no key.</source>
        <translation>在本数据库密钥的名称下存放着别的内容，不是密钥。</translation>
    </message>
    <message>
        <source>Ask your administrator whether an earlier copy of the keyring can be brought back.</source>
        <translation>请向管理员咨询能否恢复密钥环以前的副本。</translation>
    </message>
    <message>
        <source>The system&apos;s keyring reports an error</source>
        <translation>系统密钥环报告错误</translation>
    </message>
    <message>
        <source>It could not be read.</source>
        <translation>无法读取。</translation>
    </message>
    <message>
        <source>Try again; the program&apos;s log names the error for your technician.</source>
        <translation>请重试；程序日志里记有错误名称，供技术人员查看。</translation>
    </message>
</context>
<context>
    <name>LadderBox</name>
    <message>
        <source>Supervision</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>Write it…</source>
        <translation>起草…</translation>
    </message>
    <message>
        <source>May follow: {steps}</source>
        <translation>可继续：{steps}</translation>
    </message>
    <message>
        <source>{act}: {state}</source>
        <translation>{act}：{state}</translation>
    </message>
    <message>
        <source>explanation due {time}</source>
        <translation>{time} 前说明</translation>
    </message>
    <message>
        <source>explanation overdue since {time}</source>
        <translation>说明已逾期（应于 {time}）</translation>
    </message>
    <message>
        <source>explained {time}</source>
        <translation>{time} 已说明</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>The same matter is supervised on {ticket}: {act} {number}, {state}.</source>
        <translation>同一事项已在 {ticket} 督办：{act} {number}，{state}。</translation>
    </message>
    <message>
        <source>a ticket outside your scope</source>
        <translation>范围外的工单</translation>
    </message>
    <message>
        <source>{n} urges without an answer</source>
        <translation>{n} 次催办无答复</translation>
    </message>
    <message>
        <source>sent back {n}× and still dissatisfied</source>
        <translation>重办 {n} 次仍不满意</translation>
    </message>
    <message>
        <source>Proposed next: {act} ({grounds}).</source>
        <translation>建议下一步：{act}（{grounds}）。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{n} rectification(s) overdue</source>
        <translation>{n} 项整改逾期</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>The server could not be reached; nothing is lost.</source>
        <translation>无法连接服务器；没有丢失任何内容。</translation>
    </message>
    <message>
        <source>It is being sent…</source>
        <translation>正在发送…</translation>
    </message>
    <message>
        <source>Everything that could be sent has arrived.</source>
        <translation>能够发送的内容都已送达。</translation>
    </message>
    <message>
        <source>Signing out…</source>
        <translation>正在退出登录…</translation>
    </message>
    <message>
        <source>Your office has withdrawn this device. It is being wiped…</source>
        <translation>单位已收回本设备，正在清除…</translation>
    </message>
    <message>
        <source>The wipe could not be completed. It goes on at the next start.</source>
        <translation>清除未能完成，下次启动时将继续。</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>LetterOutputs</name>
    <message>
        <source>{letter}  ({reason})</source>
        <translation>{letter}（{reason}）</translation>
    </message>
    <message>
        <source>Word document (*.docx)</source>
        <translation>Word 文档 (*.docx)</translation>
    </message>
    <message>
        <source>PDF document (*.pdf)</source>
        <translation>PDF 文档 (*.pdf)</translation>
    </message>
    <message>
        <source>Save the letter</source>
        <translation>保存公文</translation>
    </message>
    <message>
        <source>{name} saved</source>
        <translation>已保存：{name}</translation>
    </message>
    <message>
        <source>Use the program&apos;s own</source>
        <translation>改用程序自带的模板</translation>
    </message>
</context>
<context>
    <name>LetterSetup</name>
    <message numerus="yes">
        <source>%n template(s) copied; what was there is as it was.</source>
        <translation>
            <numerusform>已复制 %n 份模板；原有文件保持不变。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LetterSheet</name>
    <message>
        <source>Letter templates</source>
        <translation>公文模板</translation>
    </message>
    <message>
        <source>Letters are made from Word templates. Take copies of the program&apos;s, change them in a word processor, keep their names, and choose their folder here. A mark such as {{字号}} says where something goes.</source>
        <translation>公文由 Word 模板生成。请先复制程序自带的模板，在文字处理软件中修改（文件名不变），再在这里选择所在文件夹。{{字号}} 这样的标记表示该处填入的内容。</translation>
    </message>
    <message>
        <source>Choose the folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Use the program&apos;s own</source>
        <translation>改用自带模板</translation>
    </message>
    <message>
        <source>Copy the program&apos;s to…</source>
        <translation>复制自带模板到…</translation>
    </message>
    <message>
        <source>Laid down by your administrator.</source>
        <translation>由管理员统一设置。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The city&apos;s templates: {folder}</source>
        <translation>本市模板：{folder}</translation>
    </message>
    <message>
        <source>The program&apos;s own templates are used.</source>
        <translation>正在使用程序自带的模板。</translation>
    </message>
    <message>
        <source>the city&apos;s own</source>
        <translation>本市模板</translation>
    </message>
    <message>
        <source>the program&apos;s</source>
        <translation>自带模板</translation>
    </message>
    <message>
        <source>The folder with the city&apos;s templates</source>
        <translation>本市模板所在文件夹</translation>
    </message>
    <message>
        <source>Where the copies shall go</source>
        <translation>模板复制到</translation>
    </message>
</context>
<context>
    <name>Letters</name>
    <message>
        <source>Urging letter</source>
        <translation>催办函</translation>
    </message>
    <message>
        <source>Supervision notice</source>
        <translation>督办单</translation>
    </message>
    <message>
        <source>Reminder letter</source>
        <translation>提醒函</translation>
    </message>
    <message>
        <source>Rectification notice</source>
        <translation>整改通知书</translation>
    </message>
    <message>
        <source>Urging letter…</source>
        <translation>催办函…</translation>
    </message>
    <message>
        <source>Supervision notice…</source>
        <translation>督办单…</translation>
    </message>
    <message>
        <source>Reminder letter…</source>
        <translation>提醒函…</translation>
    </message>
    <message>
        <source>Rectification notice…</source>
        <translation>整改通知书…</translation>
    </message>
    <message>
        <source>The unit is complained of in this case: no letter about it goes there.</source>
        <translation>该单位或其人员是本件的被反映对象，不得向其发函</translation>
    </message>
    <message>
        <source>The rules of this city allow no letters about reports.</source>
        <translation>本市规则不允许就举报件生成公文</translation>
    </message>
    <message>
        <source>It has been withdrawn.</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>No unit handles this ticket yet.</source>
        <translation>该工单尚无承办单位</translation>
    </message>
    <message>
        <source>A good practice needs no rectification.</source>
        <translation>优秀做法无需整改</translation>
    </message>
    <message>
        <source>Record an urge by letter first.</source>
        <translation>请先登记一次信函催办</translation>
    </message>
    <message>
        <source>Write a supervision notice first.</source>
        <translation>请先起草督办单</translation>
    </message>
    <message>
        <source>Register a finding first.</source>
        <translation>请先登记检查问题</translation>
    </message>
    <message>
        <source>The unit has completed this ticket.</source>
        <translation>承办单位已办结该工单</translation>
    </message>
    <message>
        <source>Choose a ticket first.</source>
        <translation>请先选择一件工单</translation>
    </message>
    <message>
        <source>The letter before is still being written.</source>
        <translation>上一份公文还在生成，请稍候</translation>
    </message>
    <message>
        <source>The template “{file}” has fields that nobody knows: {names}.</source>
        <translation>模板“{file}”中有无法识别的字段：{names}。</translation>
    </message>
    <message>
        <source>The template “{file}” lacks fields that this letter needs: {names}.</source>
        <translation>模板“{file}”缺少这份公文必需的字段：{names}。</translation>
    </message>
    <message>
        <source>In the template “{file}” a field is begun and not ended: look for single braces.</source>
        <translation>模板“{file}”中有字段没有写完整：请检查花括号是否成对。</translation>
    </message>
    <message>
        <source>The folder “{file}” with the city&apos;s letter templates cannot be reached.</source>
        <translation>无法访问本市公文模板所在的文件夹“{file}”。</translation>
    </message>
    <message>
        <source>The template “{file}” cannot be read as a Word document.</source>
        <translation>模板“{file}”不是可以读取的 Word 文档。</translation>
    </message>
    <message>
        <source>This template holds what only a word processor can show (a picture, a list, a tracked change). Save it as a Word document.</source>
        <translation>该模板含有只有文字处理软件才能显示的内容（图片、自动编号、修订等），请保存为 Word 文档。</translation>
    </message>
    <message>
        <source>This machine lacks the typefaces {names}: in the PDF others stand in, with the same measures.</source>
        <translation>本机缺少字体 {names}，PDF 中已用其他字体代替，版面尺寸不变。</translation>
    </message>
    <message>
        <source>Urgent report</source>
        <translation>要情专报</translation>
    </message>
    <message>
        <source>Urgent report…</source>
        <translation>要情专报…</translation>
    </message>
    <message>
        <source>Yellow card notice</source>
        <translation>黄牌督办通知书</translation>
    </message>
    <message>
        <source>Red card notice</source>
        <translation>红牌督办通知书</translation>
    </message>
    <message>
        <source>Bulletin</source>
        <translation>通报</translation>
    </message>
    <message>
        <source>Interview notice</source>
        <translation>约谈通知书</translation>
    </message>
    <message>
        <source>Referral letter</source>
        <translation>移送函</translation>
    </message>
    <message>
        <source>Yellow card notice…</source>
        <translation>黄牌督办通知书…</translation>
    </message>
    <message>
        <source>Red card notice…</source>
        <translation>红牌督办通知书…</translation>
    </message>
    <message>
        <source>Bulletin…</source>
        <translation>通报…</translation>
    </message>
    <message>
        <source>Interview notice…</source>
        <translation>约谈通知书…</translation>
    </message>
    <message>
        <source>Referral letter…</source>
        <translation>移送函…</translation>
    </message>
    <message>
        <source>There is no act of this kind on the case yet.</source>
        <translation>此工单还没有这一级督办。</translation>
    </message>
    <message>
        <source>Finding letter</source>
        <translation>检查问题告知书</translation>
    </message>
    <message>
        <source>Close-out notice</source>
        <translation>销号通知书</translation>
    </message>
    <message>
        <source>Inspection plan</source>
        <translation>检查方案</translation>
    </message>
    <message>
        <source>Sampling record</source>
        <translation>抽样记录</translation>
    </message>
    <message>
        <source>Finding letter…</source>
        <translation>检查问题告知书…</translation>
    </message>
    <message>
        <source>Close-out notice…</source>
        <translation>销号通知书…</translation>
    </message>
    <message>
        <source>Inspection plan…</source>
        <translation>检查方案…</translation>
    </message>
    <message>
        <source>Sampling record…</source>
        <translation>抽样记录…</translation>
    </message>
    <message>
        <source>The finding has not been verified and closed out yet.</source>
        <translation>该问题尚未核验销号。</translation>
    </message>
    <message>
        <source>The sample has not been drawn yet.</source>
        <translation>样本尚未抽取。</translation>
    </message>
    <message>
        <source>How an inspection is gone about is for the office alone.</source>
        <translation>检查的实施安排仅限办公室内部。</translation>
    </message>
</context>
<context>
    <name>LineSheet</name>
    <message>
        <source>Line not met</source>
        <translation>不符合项</translation>
    </message>
</context>
<context>
    <name>ListOutputs</name>
    <message>
        <source>Export to Excel…</source>
        <translation>导出 Excel…</translation>
    </message>
    <message>
        <source>Save the list as PDF…</source>
        <translation>清单另存为 PDF…</translation>
    </message>
    <message>
        <source>Print the list…</source>
        <translation>打印清单…</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx)</source>
        <translation>Excel 工作簿 (*.xlsx)</translation>
    </message>
    <message>
        <source>PDF document (*.pdf)</source>
        <translation>PDF 文档 (*.pdf)</translation>
    </message>
    <message>
        <source>No printer is set up; it can be saved as PDF.</source>
        <translation>未设置打印机，可另存为 PDF。</translation>
    </message>
    <message>
        <source>Case sheet</source>
        <translation>工单办理单</translation>
    </message>
    <message>
        <source>Exporting {done} of {total}</source>
        <translation>正在导出 {done} / {total}</translation>
    </message>
    <message>
        <source>About this list</source>
        <translation>清单说明</translation>
    </message>
    <message>
        <source>List</source>
        <translation>清单</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>条数</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>截至</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>制表人</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Citizens&apos; identity is hidden; for official use only.</source>
        <translation>诉求人信息已隐去，仅供内部工作使用。</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>第 {page} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>{name} saved</source>
        <translation>已保存 {name}</translation>
    </message>
    <message>
        <source>Sent to the printer</source>
        <translation>已送打印机</translation>
    </message>
    <message>
        <source>Stopped; nothing was written</source>
        <translation>已停止，未写入文件</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>only the first {shown} of {total}; Excel takes them all</source>
        <translation>仅前 {shown} 条，共 {total} 条；导出 Excel 可得全部</translation>
    </message>
    <message>
        <source>Export to CSV…</source>
        <translation>导出为 CSV…</translation>
    </message>
    <message>
        <source>Text for other programs (*.csv)</source>
        <translation>供其他程序使用的文本（*.csv）</translation>
    </message>
</context>
<context>
    <name>ListPane</name>
    <message>
        <source>No rows</source>
        <translation>没有记录</translation>
    </message>
    <message>
        <source>{first}–{last} / {count}</source>
        <translation>{first}–{last} / {count}</translation>
    </message>
</context>
<context>
    <name>ListPaper</name>
    <message>
        <source>text “{text}”</source>
        <translation>文字“{text}”</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>Go on in the browser</source>
        <translation>请在浏览器中继续</translation>
    </message>
    <message>
        <source>A page of your city&apos;s server has been opened. This window goes on by itself afterwards.</source>
        <translation>已打开本市服务器的登录页面，完成后本窗口会自动继续。</translation>
    </message>
    <message>
        <source>No browser could be opened. Open this address yourself:</source>
        <translation>无法打开浏览器。请自行打开这个地址：</translation>
    </message>
    <message>
        <source>Cancel the sign-in</source>
        <translation>取消登录</translation>
    </message>
    <message>
        <source>Sign in with the browser</source>
        <translation>用浏览器登录</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Password of your account on this computer</source>
        <translation>您在这台电脑上的登录密码</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Sign in with the browser instead</source>
        <translation>改用浏览器登录</translation>
    </message>
    <message>
        <source>This desk has been away from its server for two weeks</source>
        <translation>本工作台已两周未连接服务器</translation>
    </message>
    <message>
        <source>This desk has to hear from its server once</source>
        <translation>本工作台需要先与服务器联系一次</translation>
    </message>
    <message>
        <source>This desk is locked</source>
        <translation>工作台已锁定</translation>
    </message>
    <message>
        <source>You have locked it.</source>
        <translation>您锁定了它。</translation>
    </message>
    <message>
        <source>Nobody has worked at it for a while.</source>
        <translation>已有一段时间无人操作。</translation>
    </message>
    <message>
        <source>The screen of this computer was locked.</source>
        <translation>这台电脑的屏幕已锁定。</translation>
    </message>
    <message>
        <source>This computer went to sleep.</source>
        <translation>这台电脑进入了睡眠。</translation>
    </message>
    <message>
        <source>It was locked when the program ended.</source>
        <translation>程序退出时工作台处于锁定状态。</translation>
    </message>
    <message>
        <source>After fourteen days without the server it stays locked until you sign in to your city&apos;s server again.</source>
        <translation>连续十四天未连接服务器后，工作台将保持锁定，直到您重新登录本市服务器。</translation>
    </message>
    <message>
        <source>The clock of this computer was set, or the desk has not been open for more than a day. It opens by itself as soon as the server answers, or when you sign in.</source>
        <translation>这台电脑的时间被调整过，或工作台超过一天没有打开。服务器一有回应它就会自动打开，您也可以重新登录。</translation>
    </message>
    <message>
        <source>Nothing has been deleted: your work and your drafts are in the locked store.</source>
        <translation>没有删除任何内容：您的工作和草稿都在加密的数据库中。</translation>
    </message>
    <message>
        <source>The store is closed. What you had begun to write is kept in it, and comes back with the page you left.</source>
        <translation>数据库已关闭。您写到一半的内容保存在其中，解锁后会连同离开时的页面一起恢复。</translation>
    </message>
    <message>
        <source>Sample city: nobody signs in here, so nothing is asked.</source>
        <translation>示例城市：这里无人登录，因此不需要验证。</translation>
    </message>
    <message>
        <source>Everything stands behind this page as you left it.</source>
        <translation>一切都在本页面之后，与您离开时一样。</translation>
    </message>
</context>
<context>
    <name>Locks</name>
    <message>
        <source>{words} Next try in {seconds} seconds.</source>
        <translation>{words}请在 {seconds} 秒后再试。</translation>
    </message>
    <message>
        <source>This desk locks in a moment, because nobody has touched it. Any key keeps it open.</source>
        <translation>已有一段时间无人操作，工作台即将锁定。按任意键可保持打开。</translation>
    </message>
</context>
<context>
    <name>LookSheet</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Takes effect at once and is kept on this machine.</source>
        <translation>即时生效，并保存在本机。</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Rows of lists</source>
        <translation>列表行距</translation>
    </message>
    <message>
        <source>Size of type</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>Less motion: nothing slides or fades</source>
        <translation>减少动画：不滑动、不淡入淡出</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>宽松</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>紧凑</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Supervision Desk</source>
        <translation>督办工作台</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>未能完成</translation>
    </message>
</context>
<context>
    <name>ManyField</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>MatterTabs</name>
    <message>
        <source>Matters of this person</source>
        <translation>该诉求人的各件</translation>
    </message>
    <message>
        <source>{n} matters of this person</source>
        <translation>该诉求人 {n} 件</translation>
    </message>
</context>
<context>
    <name>MissingLine</name>
    <message>
        <source>Still missing:</source>
        <translation>还缺：</translation>
    </message>
</context>
<context>
    <name>Morning</name>
    <message>
        <source>Due by {time}</source>
        <translation>{time} 前到期</translation>
    </message>
    <message>
        <source>Became overdue</source>
        <translation>新逾期</translation>
    </message>
    <message>
        <source>Visit disagrees</source>
        <translation>回访不符</translation>
    </message>
    <message>
        <source>Unit answered</source>
        <translation>单位已答复</translation>
    </message>
    <message>
        <source>Since you left on {time}</source>
        <translation>自您 {time} 离开以来</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>事由</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>已看</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
</context>
<context>
    <name>MorningOutputs</name>
    <message>
        <source>No printer is set up; it can be saved as PDF.</source>
        <translation>没有设置打印机，可以存为 PDF。</translation>
    </message>
    <message>
        <source>Morning sheet</source>
        <translation>晨间清单</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>PDF document (*.pdf)</source>
        <translation>PDF 文档 (*.pdf)</translation>
    </message>
    <message>
        <source>Case sheet</source>
        <translation>工单办理单</translation>
    </message>
    <message>
        <source>Citizens&apos; identity is hidden; for official use only.</source>
        <translation>诉求人信息已隐去，仅供内部工作使用。</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>第 {page} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>Sent to the printer</source>
        <translation>已送往打印机</translation>
    </message>
    <message>
        <source>{name} saved</source>
        <translation>已保存 {name}</translation>
    </message>
</context>
<context>
    <name>MorningPage</name>
    <message>
        <source>Morning sheet</source>
        <translation>晨间清单</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>存为 PDF</translation>
    </message>
    <message>
        <source>Print the sheet</source>
        <translation>打印清单</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>事由</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Looked at; on to the next</source>
        <translation>已看，转到下一件</translation>
    </message>
    <message>
        <source>Urge the unit</source>
        <translation>催办</translation>
    </message>
    <message>
        <source>Supervision notice</source>
        <translation>督办单</translation>
    </message>
    <message>
        <source>Register finding</source>
        <translation>登记问题</translation>
    </message>
    <message>
        <source>Open the case in the list of tickets</source>
        <translation>在工单列表中打开</translation>
    </message>
    <message>
        <source>Everything, or one section</source>
        <translation>全部，或其中一类</translation>
    </message>
    <message>
        <source>Next, previous line</source>
        <translation>下一件、上一件</translation>
    </message>
    <message>
        <source>Into the case</source>
        <translation>进入工单</translation>
    </message>
    <message>
        <source>List, case</source>
        <translation>清单、工单</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>这里没有内容</translation>
    </message>
    <message>
        <source>Nothing has happened that asks for you.</source>
        <translation>没有需要您处理的新情况。</translation>
    </message>
    <message>
        <source>Number {number} copied</source>
        <translation>已复制编号 {number}</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Draft an urgent report</source>
        <translation>起草要情专报</translation>
    </message>
    <message>
        <source>Approve a notice</source>
        <translation>同意督办单</translation>
    </message>
    <message>
        <source>Return a notice for changes</source>
        <translation>督办单退回修改</translation>
    </message>
    <message>
        <source>Letters of the case</source>
        <translation>本件公文</translation>
    </message>
    <message>
        <source>What else can be done with the case</source>
        <translation>本件的其他操作</translation>
    </message>
</context>
<context>
    <name>MyCasesPage</name>
    <message>
        <source>Write the answer</source>
        <translation>填写答复</translation>
    </message>
    <message>
        <source>Record the answer</source>
        <translation>提交答复</translation>
    </message>
    <message>
        <source>List, answer</source>
        <translation>列表、答复</translation>
    </message>
    <message>
        <source>My cases</source>
        <translation>我的工单</translation>
    </message>
    <message>
        <source>Search our tickets</source>
        <translation>搜索本单位工单</translation>
    </message>
    <message>
        <source>Print the case</source>
        <translation>打印工单</translation>
    </message>
    <message>
        <source>Apply for an extension or a return</source>
        <translation>申请延期或退单</translation>
    </message>
    <message>
        <source>Take files along, to read without a network</source>
        <translation>带走附件，供离线查看</translation>
    </message>
</context>
<context>
    <name>MyCasesQueues</name>
    <message>
        <source>For us to answer</source>
        <translation>待我办理</translation>
    </message>
</context>
<context>
    <name>NeedsYou</name>
    <message numerus="yes">
        <source>%n record(s) could not go out as recorded and need(s) you. Your words are kept.</source>
        <translation>
            <numerusform>有 %n 条记录无法照原样发送，需要您处理。您写的内容均已保留。</numerusform>
        </translation>
    </message>
    <message>
        <source>Settle now</source>
        <translation>立即处理</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) to see behind a report wait(s) for a second person.</source>
        <translation>
            <numerusform>有 %n 件举报查看申请等待第二人同意。</numerusform>
        </translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>去处理</translation>
    </message>
</context>
<context>
    <name>NotePanel</name>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>For colleagues of the office; the unit does not see it.</source>
        <translation>供本办同事查看，承办单位看不到。</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>添加备注</translation>
    </message>
    <message>
        <source>Note on {number} recorded, {sending}</source>
        <translation>已为 {number} 添加备注，{sending}</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>附件</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭提示</translation>
    </message>
</context>
<context>
    <name>NoticePanel</name>
    <message>
        <source>To the unit</source>
        <translation>发往单位</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>督办理由</translation>
    </message>
    <message>
        <source>What is required</source>
        <translation>办理要求</translation>
    </message>
    <message>
        <source>Answer of the unit</source>
        <translation>承办单位答复</translation>
    </message>
    <message>
        <source>Reason for withdrawing it</source>
        <translation>撤回理由</translation>
    </message>
    <message>
        <source>Submit for approval</source>
        <translation>提交审批</translation>
    </message>
    <message>
        <source>Facts and rules, without the citizen&apos;s identity.</source>
        <translation>写明事实和依据，不要写诉求人身份信息。</translation>
    </message>
    <message>
        <source>What the unit has to do; the reply is due after approval.</source>
        <translation>写明单位须做什么；答复期限自审批签发起算。</translation>
    </message>
    <message>
        <source>Submit later</source>
        <translation>稍后提交</translation>
    </message>
    <message>
        <source>{who} returned it: {reason}</source>
        <translation>{who} 退回修改：{reason}</translation>
    </message>
    <message>
        <source>Your draft, not submitted yet.</source>
        <translation>您的草稿，尚未提交。</translation>
    </message>
    <message>
        <source>Say the reason first.</source>
        <translation>请先写明理由。</translation>
    </message>
    <message>
        <source>Supervision</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>Step of supervision</source>
        <translation>督办层级</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>{act} {number}: {state}</source>
        <translation>{act} {number}：{state}</translation>
    </message>
    <message>
        <source>{act} (proposed)</source>
        <translation>{act}（建议）</translation>
    </message>
    <message>
        <source>This matter is under supervision already: {act} {number}, {state}, written by {who} on {when}. One matter has one supervision.</source>
        <translation>该事项已在督办：{act} {number}，{state}，{who} 于 {when} 起草。一事不重复督办。</translation>
    </message>
    <message>
        <source>{act} {number} stands: {state}.</source>
        <translation>{act} {number}：{state}。</translation>
    </message>
    <message>
        <source>By the city&apos;s rules no step of supervision is yours to write.</source>
        <translation>按本市规则，您不能起草任何一级督办。</translation>
    </message>
    <message>
        <source>The same matter is under supervision on ticket {ticket}: {act} {number}, {state}. One matter has one supervision.</source>
        <translation>同一事项已在工单 {ticket} 督办：{act} {number}，{state}。一事不重复督办。</translation>
    </message>
    <message>
        <source>{act} on {number} recorded, {sending}</source>
        <translation>{number} 的{act}已登记，{sending}</translation>
    </message>
</context>
<context>
    <name>OutboxPage</name>
    <message>
        <source>Unsent work</source>
        <translation>未发送的工作</translation>
    </message>
    <message>
        <source>Everything has arrived</source>
        <translation>全部已送达</translation>
    </message>
    <message>
        <source>What you record while the network is away waits here and goes out by itself.</source>
        <translation>断网期间记录的内容在此等待，联网后自动发出。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>记录时间</translation>
    </message>
    <message>
        <source>Into the entry</source>
        <translation>进入条目</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Search what was discarded  Ctrl+F</source>
        <translation>搜索已放弃的内容  Ctrl+F</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>回到列表</translation>
    </message>
    <message>
        <source>Do what the blue button says</source>
        <translation>执行蓝色按钮的操作</translation>
    </message>
    <message>
        <source>Discard; Ctrl+Z takes it back</source>
        <translation>放弃；Ctrl+Z 可撤回</translation>
    </message>
    <message>
        <source>Choose yours, theirs or another value</source>
        <translation>选择您的、对方的或另填</translation>
    </message>
    <message>
        <source>Search what was discarded</source>
        <translation>搜索已放弃的内容</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n 条匹配</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing needs you</source>
        <translation>没有需要您处理的事项</translation>
    </message>
    <message>
        <source>Conflicts and refusals appear here, with your words and what can be done.</source>
        <translation>冲突与被拒绝的记录会出现在这里，并附上您写的内容和可行的办法。</translation>
    </message>
    <message>
        <source>Nothing was discarded</source>
        <translation>没有已放弃的内容</translation>
    </message>
    <message>
        <source>What you discard or settle is kept here for 90 days and can be read again.</source>
        <translation>您放弃或处理过的内容在这里保留 90 天，可随时查看。</translation>
    </message>
</context>
<context>
    <name>OutboxQueues</name>
    <message>
        <source>Needs you</source>
        <translation>需要您处理</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Discarded and settled</source>
        <translation>已放弃和已处理</translation>
    </message>
</context>
<context>
    <name>OutboxWords</name>
    <message>
        <source>Urge</source>
        <translation>催办</translation>
    </message>
    <message>
        <source>Acknowledge urge</source>
        <translation>签收催办</translation>
    </message>
    <message>
        <source>Write supervision notice</source>
        <translation>起草督办单</translation>
    </message>
    <message>
        <source>Change supervision notice</source>
        <translation>修改督办单</translation>
    </message>
    <message>
        <source>Submit supervision notice</source>
        <translation>提交督办单</translation>
    </message>
    <message>
        <source>Approve supervision notice</source>
        <translation>同意督办单</translation>
    </message>
    <message>
        <source>Return supervision notice</source>
        <translation>退回督办单</translation>
    </message>
    <message>
        <source>Withdraw supervision notice</source>
        <translation>撤回督办单</translation>
    </message>
    <message>
        <source>Answer supervision notice</source>
        <translation>答复督办单</translation>
    </message>
    <message>
        <source>Book return visit</source>
        <translation>预约回访</translation>
    </message>
    <message>
        <source>Record call</source>
        <translation>记录拨打</translation>
    </message>
    <message>
        <source>Complete return visit</source>
        <translation>完成回访</translation>
    </message>
    <message>
        <source>Write finding</source>
        <translation>起草检查问题</translation>
    </message>
    <message>
        <source>Change finding</source>
        <translation>修改检查问题</translation>
    </message>
    <message>
        <source>File finding</source>
        <translation>登记检查问题</translation>
    </message>
    <message>
        <source>Acknowledge finding</source>
        <translation>签收检查问题</translation>
    </message>
    <message>
        <source>Answer finding</source>
        <translation>答复检查问题</translation>
    </message>
    <message>
        <source>Uphold finding</source>
        <translation>认定检查问题</translation>
    </message>
    <message>
        <source>Withdraw finding</source>
        <translation>撤回检查问题</translation>
    </message>
    <message>
        <source>Report rectification</source>
        <translation>报告整改</translation>
    </message>
    <message>
        <source>Close finding out</source>
        <translation>检查问题销号</translation>
    </message>
    <message>
        <source>Return rectification</source>
        <translation>退回整改</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>添加备注</translation>
    </message>
    <message>
        <source>Link attachment</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>等待发送</translation>
    </message>
    <message>
        <source>Waiting to be sent, tried {n}×</source>
        <translation>等待发送，已尝试 {n} 次</translation>
    </message>
    <message>
        <source>Waiting to be sent, try {n} at {time}</source>
        <translation>等待发送，第 {n} 次尝试 {time}</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>Set aside, tried once a day</source>
        <translation>暂缓，每日重试一次</translation>
    </message>
    <message>
        <source>Waits for an earlier entry</source>
        <translation>等待前一条处理</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>有冲突</translation>
    </message>
    <message>
        <source>Refused by the server</source>
        <translation>服务器未接受</translation>
    </message>
    <message>
        <source>No longer in your scope</source>
        <translation>已不在您的权限范围</translation>
    </message>
    <message>
        <source>Discarded, copy kept</source>
        <translation>已放弃，留有副本</translation>
    </message>
    <message>
        <source>It goes out by itself as soon as the server can be reached. Nothing is lost.</source>
        <translation>联网后自动发出，内容不会丢失。</translation>
    </message>
    <message>
        <source>It is on its way to the server at this moment.</source>
        <translation>正在发往服务器。</translation>
    </message>
    <message>
        <source>You discarded it. Your text is kept for 90 days.</source>
        <translation>您已放弃此项，文字保留 90 天。</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>督办理由</translation>
    </message>
    <message>
        <source>What is required</source>
        <translation>办理要求</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>问题事实</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>What was answered</source>
        <translation>答复内容</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Still missing</source>
        <translation>未解决部分</translation>
    </message>
    <message>
        <source>New matter</source>
        <translation>新诉求</translation>
    </message>
    <message>
        <source>Other remarks</source>
        <translation>其他情况</translation>
    </message>
    <message>
        <source>Hand over note</source>
        <translation>移交便条</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Kind of finding</source>
        <translation>问题类型</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Time to put it right</source>
        <translation>整改期限</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>Cited cases</source>
        <translation>引用工单</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>证据</translation>
    </message>
    <message>
        <source>Booked for</source>
        <translation>预约时间</translation>
    </message>
    <message>
        <source>Booked until</source>
        <translation>预约截止</translation>
    </message>
    <message>
        <source>Assigned to</source>
        <translation>指派给</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Anyone</source>
        <translation>任何人</translation>
    </message>
    <message>
        <source>working days</source>
        <translation>个工作日</translation>
    </message>
    <message>
        <source>Choose a unit that handles the case and send it again.</source>
        <translation>请选择承办该工单的单位后重新发送。</translation>
    </message>
    <message>
        <source>Correct what is wrong and send it again.</source>
        <translation>请改正后重新发送。</translation>
    </message>
    <message>
        <source>A colleague with the right role can do it; your words can go to them as a note.</source>
        <translation>有相应权限的同事可以办理；您可将内容作为备注发给他们。</translation>
    </message>
    <message>
        <source>The call itself cannot be recorded as it is; what you learnt can go out as a note.</source>
        <translation>这次通话无法照原样登记；您了解到的情况可作为备注发送。</translation>
    </message>
    <message>
        <source>Add the file to the case once more, then discard this.</source>
        <translation>请在工单中重新添加该文件，然后放弃此条。</translation>
    </message>
    <message>
        <source>Try it again after an update; until then nothing of it is lost.</source>
        <translation>请在程序更新后重试；在此之前内容不会丢失。</translation>
    </message>
    <message>
        <source>Open the case to see the notice that is there; your ground can go out as a note.</source>
        <translation>可打开工单查看已有的督办单；您写的督办理由可作为备注发送。</translation>
    </message>
    <message>
        <source>Choose another colleague and send it again.</source>
        <translation>请另选一位同事后重新发送。</translation>
    </message>
    <message>
        <source>Choose another time and send it again.</source>
        <translation>请另选时间后重新发送。</translation>
    </message>
    <message>
        <source>Half-written form</source>
        <translation>未写完的表单</translation>
    </message>
    <message>
        <source>Case no longer yours</source>
        <translation>工单已不归您办理</translation>
    </message>
    <message>
        <source>Settled, copy kept</source>
        <translation>已处理，副本保留</translation>
    </message>
    <message>
        <source>on the server</source>
        <translation>已在服务器上</translation>
    </message>
    <message>
        <source>discarded or settled</source>
        <translation>已放弃或已处理</translation>
    </message>
    <message>
        <source>kept after a refusal</source>
        <translation>被拒绝后保留</translation>
    </message>
    <message>
        <source>not on the server</source>
        <translation>未送达服务器</translation>
    </message>
    <message>
        <source>Changed: {fields}</source>
        <translation>更改：{fields}</translation>
    </message>
    <message>
        <source>The server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>The server failed on this five times, so it no longer holds up the rest. It is tried once a day; you can try it now.</source>
        <translation>服务器处理此条连续失败五次，已暂放一旁，不再影响其他记录。系统每天重试一次，您也可以立即重试。</translation>
    </message>
    <message>
        <source>You discarded it on {time}. Your text is kept for 90 days; until then it can be put back.</source>
        <translation>您于 {time} 放弃了此条。内容保留 90 天，期间可以恢复。</translation>
    </message>
    <message>
        <source>You settled this: something newer has taken its place. What you wrote then is kept for 90 days.</source>
        <translation>您已处理此条，它已被更新的内容取代。您当时写的内容保留 90 天。</translation>
    </message>
    <message>
        <source>What it waited for is settled. It can be tried again now.</source>
        <translation>前面的记录已处理，现在可以重试。</translation>
    </message>
    <message>
        <source>It goes out after “{what}”, which waits for you. Settle that first; this follows by itself.</source>
        <translation>它排在“{what}”之后，而后者正等您处理。请先处理那一条，此条会自动跟随发送。</translation>
    </message>
    <message>
        <source>The case went to another unit, or out of your reach, before this arrived.</source>
        <translation>在此条送达之前，工单已转给其他单位或不再由您办理。</translation>
    </message>
    <message>
        <source>It has come back since.</source>
        <translation>该工单现已转回。</translation>
    </message>
    <message>
        <source>This case went to another unit, or out of your reach.</source>
        <translation>此工单已转给其他单位或不再由您办理。</translation>
    </message>
    <message>
        <source>What you had begun to write about it is kept here.</source>
        <translation>您已开始填写的内容保留在这里。</translation>
    </message>
    <message>
        <source>It is about: {field}.</source>
        <translation>涉及：{field}。</translation>
    </message>
    <message>
        <source>Both versions stand below; yours is kept.</source>
        <translation>双方的内容均列在下方，您的内容已保留。</translation>
    </message>
    <message>
        <source>Yours is kept and can go out as it is.</source>
        <translation>您的内容已保留，可照原样发送。</translation>
    </message>
    <message>
        <source>Look at it as it stands now: you have not had this wording before you.</source>
        <translation>请查看现在的内容：这一版您尚未看过。</translation>
    </message>
    <message>
        <source>This step is no longer possible.</source>
        <translation>此步骤已无法执行。</translation>
    </message>
    <message>
        <source>There are no words of yours in it.</source>
        <translation>其中没有您填写的文字。</translation>
    </message>
    <message>
        <source>Your reply is kept: send it as a note, copy it, or discard it.</source>
        <translation>您的答复已保留：可作为备注发送、复制或放弃。</translation>
    </message>
    <message>
        <source>Your text is kept: send it as a note, copy it, or discard it.</source>
        <translation>您的内容已保留：可作为备注发送、复制或放弃。</translation>
    </message>
    <message>
        <source>Your text is kept: hand it over to the office as a note, copy it, or discard it.</source>
        <translation>您的内容已保留：可作为备注移交督办机构、复制或放弃。</translation>
    </message>
    <message>
        <source>Your text is kept.</source>
        <translation>您的内容已保留。</translation>
    </message>
    <message>
        <source>The office extended this to {day} {meanwhile}.</source>
        <translation>{meanwhile}，督办机构已将时限延长至 {day}。</translation>
    </message>
    <message>
        <source>It was changed {meanwhile}.</source>
        <translation>{meanwhile}，此内容已被更改。</translation>
    </message>
    <message>
        <source>{who} changed it {meanwhile}.</source>
        <translation>{meanwhile}，{who}更改了此内容。</translation>
    </message>
    <message>
        <source>{who} changed {fields} on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 更改了{fields}。</translation>
    </message>
    <message>
        <source>while you were offline</source>
        <translation>您离线期间</translation>
    </message>
    <message>
        <source>in the meantime</source>
        <translation>在此期间</translation>
    </message>
    <message>
        <source>It is now: {state}.</source>
        <translation>现状态：{state}。</translation>
    </message>
    <message>
        <source>Changed by the hotline</source>
        <translation>热线系统更改</translation>
    </message>
    <message>
        <source>{who} changed this on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 更改了此内容。</translation>
    </message>
    <message>
        <source>{who} withdrew this notice on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 撤回了此督办单。</translation>
    </message>
    <message>
        <source>{who} submitted this notice for approval on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 将此督办单提交审批。</translation>
    </message>
    <message>
        <source>{who} approved this notice on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 批准了此督办单。</translation>
    </message>
    <message>
        <source>{who} returned this notice for changes on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 将此督办单退回修改。</translation>
    </message>
    <message>
        <source>{who} answered this notice on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 答复了此督办单。</translation>
    </message>
    <message>
        <source>{who} acknowledged this urge on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 签收了此催办。</translation>
    </message>
    <message>
        <source>{who} booked this return visit differently on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 更改了此回访的预约。</translation>
    </message>
    <message>
        <source>{who} recorded a call for this return visit on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 登记了此回访的一次拨打。</translation>
    </message>
    <message>
        <source>{who} completed this return visit on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 完成了此回访。</translation>
    </message>
    <message>
        <source>{who} filed this finding on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 提交了此问题。</translation>
    </message>
    <message>
        <source>{who} acknowledged this finding on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 签收了此问题。</translation>
    </message>
    <message>
        <source>{who} answered this finding on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 答复了此问题。</translation>
    </message>
    <message>
        <source>{who} upheld this finding on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 认定了此问题。</translation>
    </message>
    <message>
        <source>{who} withdrew this finding on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 撤销了此问题。</translation>
    </message>
    <message>
        <source>{who} reported this finding put right on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 报告此问题已整改。</translation>
    </message>
    <message>
        <source>{who} closed this finding out on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 将此问题销号。</translation>
    </message>
    <message>
        <source>{who} sent the rectification back on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 退回了此整改。</translation>
    </message>
    <message>
        <source>Send as a note</source>
        <translation>作为备注发送</translation>
    </message>
    <message>
        <source>Hand over as a note</source>
        <translation>作为备注移交</translation>
    </message>
    <message>
        <source>Leave it as it is there</source>
        <translation>保持服务器上的内容</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即尝试</translation>
    </message>
    <message>
        <source>Settle that first</source>
        <translation>先处理那一条</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Keep these words</source>
        <translation>保存这些内容</translation>
    </message>
    <message>
        <source>Send corrected</source>
        <translation>改正后发送</translation>
    </message>
    <message>
        <source>Send this version</source>
        <translation>发送此版本</translation>
    </message>
    <message>
        <source>Do it as it stands now</source>
        <translation>按现在的内容执行</translation>
    </message>
    <message>
        <source>Send it again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Settled: it goes out as new work</source>
        <translation>已处理：将作为新的操作发送</translation>
    </message>
    <message>
        <source>Settled: your words go out as a note</source>
        <translation>已处理：您的内容将作为备注发送</translation>
    </message>
    <message>
        <source>Handed over: your words go to the office</source>
        <translation>已移交：您的内容将送达督办机构</translation>
    </message>
    <message>
        <source>Settled: what stands on the server stays</source>
        <translation>已处理：保持服务器上的内容</translation>
    </message>
    <message>
        <source>It is tried again</source>
        <translation>正在重试</translation>
    </message>
    <message>
        <source>Put back where it was</source>
        <translation>已恢复到原处</translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation>已放弃</translation>
    </message>
    <message>
        <source>Assign units</source>
        <translation>分配分管单位</translation>
    </message>
    <message>
        <source>Change directory</source>
        <translation>修改单位通讯录</translation>
    </message>
    <message>
        <source>Save view</source>
        <translation>保存视图</translation>
    </message>
    <message>
        <source>Change view</source>
        <translation>修改视图</translation>
    </message>
    <message>
        <source>Remove view</source>
        <translation>移除视图</translation>
    </message>
    <message>
        <source>Send guidance</source>
        <translation>发送工作提示</translation>
    </message>
    <message>
        <source>Confirm guidance read</source>
        <translation>确认已阅提示</translation>
    </message>
    <message>
        <source>Withdraw guidance</source>
        <translation>撤回工作提示</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Leader in charge</source>
        <translation>分管领导</translation>
    </message>
    <message>
        <source>Leader&apos;s number</source>
        <translation>分管领导电话</translation>
    </message>
    <message>
        <source>Liaison</source>
        <translation>联络员</translation>
    </message>
    <message>
        <source>Liaison&apos;s number</source>
        <translation>联络员电话</translation>
    </message>
    <message>
        <source>Office number</source>
        <translation>办公电话</translation>
    </message>
    <message>
        <source>On-duty number</source>
        <translation>值班电话</translation>
    </message>
    <message>
        <source>Substitutes</source>
        <translation>备用联络人</translation>
    </message>
    <message>
        <source>Units looked after</source>
        <translation>分管单位</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选条件</translation>
    </message>
    <message>
        <source>Whole city</source>
        <translation>全市</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Open the case to see how it stands; your reason can go out as a note.</source>
        <translation>请打开工单查看现状；您写的理由可作为备注发出。</translation>
    </message>
    <message>
        <source>Apply for an extension</source>
        <translation>申请延期</translation>
    </message>
    <message>
        <source>Decide on an extension</source>
        <translation>审核延期</translation>
    </message>
    <message>
        <source>Object to the dispatch</source>
        <translation>申请退单</translation>
    </message>
    <message>
        <source>Decide on a return</source>
        <translation>审核退单</translation>
    </message>
    <message>
        <source>Register instruction</source>
        <translation>登记批示件</translation>
    </message>
    <message>
        <source>Change instruction</source>
        <translation>修改批示件</translation>
    </message>
    <message>
        <source>Feedback to the leader</source>
        <translation>批示反馈</translation>
    </message>
    <message>
        <source>Withdraw instruction</source>
        <translation>撤销批示件</translation>
    </message>
    <message>
        <source>Write urgent report</source>
        <translation>起草要情专报</translation>
    </message>
    <message>
        <source>Change urgent report</source>
        <translation>修改要情专报</translation>
    </message>
    <message>
        <source>Submit urgent report</source>
        <translation>提交要情专报</translation>
    </message>
    <message>
        <source>Approve urgent report</source>
        <translation>同意要情专报</translation>
    </message>
    <message>
        <source>Return urgent report</source>
        <translation>退回要情专报</translation>
    </message>
    <message>
        <source>Record urgent report as sent</source>
        <translation>登记要情专报已报送</translation>
    </message>
    <message>
        <source>Withdraw urgent report</source>
        <translation>撤回要情专报</translation>
    </message>
    <message>
        <source>{who} decided this application on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 审核了这份申请。</translation>
    </message>
    <message>
        <source>{who} gave feedback on this instruction on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 作了批示反馈。</translation>
    </message>
    <message>
        <source>{who} withdrew this instruction on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 撤销了这份批示件。</translation>
    </message>
    <message>
        <source>{who} submitted this report for approval on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 提交了这份专报待审批。</translation>
    </message>
    <message>
        <source>{who} approved this report on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 同意了这份专报。</translation>
    </message>
    <message>
        <source>{who} returned this report for changes on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 退回修改这份专报。</translation>
    </message>
    <message>
        <source>{who} sent this report on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 报送了这份专报。</translation>
    </message>
    <message>
        <source>{who} withdrew this report on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 撤回了这份专报。</translation>
    </message>
    <message>
        <source>Words for the citizen</source>
        <translation>告知诉求人的话</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>批示领导</translation>
    </message>
    <message>
        <source>Given on</source>
        <translation>批示日期</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>How many people</source>
        <translation>涉及人数</translation>
    </message>
    <message>
        <source>Done so far</source>
        <translation>已采取措施</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>工作建议</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>报送对象</translation>
    </message>
    <message>
        <source>Plan inspection</source>
        <translation>拟定检查方案</translation>
    </message>
    <message>
        <source>Change plan of inspection</source>
        <translation>修改检查方案</translation>
    </message>
    <message>
        <source>Issue inspection</source>
        <translation>下达检查</translation>
    </message>
    <message>
        <source>Recuse inspector</source>
        <translation>检查人员回避</translation>
    </message>
    <message>
        <source>Freeze frame</source>
        <translation>封存抽样框</translation>
    </message>
    <message>
        <source>Fix criteria</source>
        <translation>确定抽样标准</translation>
    </message>
    <message>
        <source>Draw sample</source>
        <translation>抽取样本</translation>
    </message>
    <message>
        <source>Close inspection</source>
        <translation>结束检查</translation>
    </message>
    <message>
        <source>Withdraw inspection</source>
        <translation>撤销检查</translation>
    </message>
    <message>
        <source>Check ticket</source>
        <translation>检查工单</translation>
    </message>
    <message>
        <source>Change check of ticket</source>
        <translation>修改检查记录</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>检查目的</translation>
    </message>
    <message>
        <source>How it is gone about</source>
        <translation>检查方式和安排</translation>
    </message>
    <message>
        <source>Mandate</source>
        <translation>检查依据</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>被检查单位</translation>
    </message>
    <message>
        <source>Inspectors</source>
        <translation>检查人员</translation>
    </message>
    <message>
        <source>Verdicts</source>
        <translation>检查结论</translation>
    </message>
    <message>
        <source>{who} assigned this visit on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who} 于 {time} 指派了这件回访。</translation>
    </message>
    <message>
        <source>{who} asked for a call outside the rules on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who} 于 {time} 申请了规则外拨打。</translation>
    </message>
    <message>
        <source>{who} decided on this call outside the rules on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who} 于 {time} 对这次规则外拨打作出了决定。</translation>
    </message>
    <message>
        <source>Assign return visit</source>
        <translation>指派回访</translation>
    </message>
    <message>
        <source>Ask for a call outside the rules</source>
        <translation>申请规则外拨打</translation>
    </message>
    <message>
        <source>Decide on a call outside the rules</source>
        <translation>审批规则外拨打</translation>
    </message>
    <message>
        <source>{who} began to put this finding right on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 开始整改这个问题。</translation>
    </message>
    <message>
        <source>{who} arranged how the rectification is looked at on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 安排了整改核实。</translation>
    </message>
    <message>
        <source>{who} asked for a review of this finding on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 对这个问题申请了复核。</translation>
    </message>
    <message>
        <source>{who} decided the review of this finding on {time} {meanwhile}.</source>
        <translation>{meanwhile}，{who}于 {time} 对这个问题作出了复核决定。</translation>
    </message>
    <message>
        <source>Begin rectification</source>
        <translation>开始整改</translation>
    </message>
    <message>
        <source>Arrange verification</source>
        <translation>安排整改核实</translation>
    </message>
    <message>
        <source>Ask for a review</source>
        <translation>申请复核</translation>
    </message>
    <message>
        <source>Decide review</source>
        <translation>作出复核决定</translation>
    </message>
    <message>
        <source>Rule basis</source>
        <translation>规则依据</translation>
    </message>
    <message>
        <source>Have looked after</source>
        <translation>指定经办督办员</translation>
    </message>
    <message>
        <source>{who} asked on {time} {meanwhile} that this return visit be overturned.</source>
        <translation>{who}于{time}{meanwhile}申请推翻了这次回访结果。</translation>
    </message>
    <message>
        <source>{who} decided on {time} {meanwhile} whether this return visit is overturned.</source>
        <translation>{who}于{time}{meanwhile}审批了这次回访结果是否推翻。</translation>
    </message>
    <message>
        <source>{who} sent the contact log on {time} {meanwhile}.</source>
        <translation>{who}于{time}{meanwhile}提供了联系记录。</translation>
    </message>
    <message>
        <source>{who} closed this request on {time} {meanwhile}.</source>
        <translation>{who}于{time}{meanwhile}办结了这次索要。</translation>
    </message>
    <message>
        <source>Ask to overturn a return visit</source>
        <translation>申请推翻回访结果</translation>
    </message>
    <message>
        <source>Decide on overturning a return visit</source>
        <translation>审批推翻回访结果</translation>
    </message>
    <message>
        <source>Ask for the contact log</source>
        <translation>索要联系记录</translation>
    </message>
    <message>
        <source>Send the contact log</source>
        <translation>提供联系记录</translation>
    </message>
    <message>
        <source>Close a request for the contact log</source>
        <translation>办结联系记录索要</translation>
    </message>
    <message>
        <source>{who} sent this case back for rework on {time} {meanwhile}.</source>
        <translation>{who}于{time}{meanwhile}将此工单发回重办。</translation>
    </message>
    <message>
        <source>Send case back for rework</source>
        <translation>发回重办</translation>
    </message>
</context>
<context>
    <name>OutcomeBar</name>
    <message>
        <source>Complete this visit, send later</source>
        <translation>完成本次回访，稍后发送</translation>
    </message>
    <message>
        <source>Complete this visit</source>
        <translation>完成本次回访</translation>
    </message>
    <message>
        <source>Record: {outcome}</source>
        <translation>记录：{outcome}</translation>
    </message>
</context>
<context>
    <name>Oversight</name>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Unredacted text</source>
        <translation>诉求原文</translation>
    </message>
    <message>
        <source>Looked up a contact</source>
        <translation>查看联系方式</translation>
    </message>
    <message>
        <source>Asked to see behind a report</source>
        <translation>申请查看举报人</translation>
    </message>
    <message>
        <source>Agreed to it</source>
        <translation>同意查看举报人</translation>
    </message>
    <message>
        <source>Declined it</source>
        <translation>不同意查看举报人</translation>
    </message>
    <message>
        <source>Withdrew the request</source>
        <translation>撤回申请</translation>
    </message>
    <message>
        <source>Was given the number for a call</source>
        <translation>回访取得号码</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Printed</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Saved a file</source>
        <translation>另存文件</translation>
    </message>
    <message>
        <source>Recused</source>
        <translation>回避</translation>
    </message>
    <message>
        <source>Recusal taken back</source>
        <translation>撤销回避</translation>
    </message>
    <message>
        <source>Clearance granted</source>
        <translation>授予举报件权限</translation>
    </message>
    <message>
        <source>Clearance withdrawn</source>
        <translation>收回举报件权限</translation>
    </message>
    <message>
        <source>Rights changed</source>
        <translation>变更权限</translation>
    </message>
    <message>
        <source>Ordered a device wiped</source>
        <translation>下令清除设备</translation>
    </message>
    <message>
        <source>Device wiped</source>
        <translation>设备已清除</translation>
    </message>
    <message>
        <source>Read this record</source>
        <translation>查阅本留痕</translation>
    </message>
    <message>
        <source>Asked who saw a requester</source>
        <translation>查询某诉求人的被查看情况</translation>
    </message>
    <message>
        <source>waits for a second person</source>
        <translation>等待第二人同意</translation>
    </message>
    <message>
        <source>agreed to</source>
        <translation>已同意</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>未同意</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>was seen</source>
        <translation>已查看</translation>
    </message>
    <message>
        <source>lapsed</source>
        <translation>已失效</translation>
    </message>
    <message>
        <source>Server&apos;s command line</source>
        <translation>服务器命令行</translation>
    </message>
    <message>
        <source>with {name}</source>
        <translation>第二人：{name}</translation>
    </message>
    <message>
        <source>{n} rows</source>
        <translation>{n} 行</translation>
    </message>
    <message>
        <source>Came to nothing</source>
        <translation>未发生（已撤销）</translation>
    </message>
    <message>
        <source>Fetched a file</source>
        <translation>下载附件</translation>
    </message>
    <message>
        <source>Came back to work kept locked</source>
        <translation>取回退出登录时封存的工作</translation>
    </message>
    <message>
        <source>Published new rules</source>
        <translation>发布新版规则</translation>
    </message>
    <message>
        <source>Took visits along for calls without a network</source>
        <translation>带走回访离线拨打</translation>
    </message>
    <message>
        <source>Gave them back</source>
        <translation>交还带走的回访</translation>
    </message>
    <message>
        <source>Listened to a recording</source>
        <translation>听取了录音</translation>
    </message>
</context>
<context>
    <name>PackBar</name>
    <message>
        <source>Take along</source>
        <translation>带走</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>every file is here</source>
        <translation>附件已全部在本机</translation>
    </message>
    <message>
        <source>Fetching {n} files, {done} of {size}</source>
        <translation>正在取回 {n} 个文件，{done} / {size}</translation>
    </message>
    <message>
        <source>{n} files wait for the network, {done} of {size}</source>
        <translation>{n} 个文件等待网络，{done} / {size}</translation>
    </message>
    <message>
        <source>As of {time}</source>
        <translation>数据截至 {time}</translation>
    </message>
    <message>
        <source>locks on {time} unless it meets the server before</source>
        <translation>如未连接服务器，将于 {time} 锁定</translation>
    </message>
    <message>
        <source>All files  ({n}, {size})</source>
        <translation>全部附件（{n} 个，{size}）</translation>
    </message>
    <message>
        <source>Files up to {most} each  ({n}, {size})</source>
        <translation>单个不超过 {most} 的附件（{n} 个，{size}）</translation>
    </message>
    <message>
        <source>Tickets {tickets} · to answer {asked} · files readable offline {here} of {files}</source>
        <translation>工单 {tickets} 件 · 待答复 {asked} 件 · 可离线查看附件 {here}/{files} 个</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Nothing here</source>
        <translation>这里没有内容</translation>
    </message>
    <message>
        <source>This could not be loaded</source>
        <translation>加载失败</translation>
    </message>
    <message>
        <source>This needs a connection</source>
        <translation>此功能需要联网</translation>
    </message>
    <message>
        <source>You have no permission for this</source>
        <translation>您没有此项权限</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Supervision</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>Return visits</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>Inspections</source>
        <translation>监督检查</translation>
    </message>
    <message>
        <source>My cases</source>
        <translation>我的工单</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Report requests</source>
        <translation>举报查看申请</translation>
    </message>
    <message>
        <source>Access record</source>
        <translation>查阅留痕</translation>
    </message>
    <message>
        <source>Letter: urging letter</source>
        <translation>公文：催办函</translation>
    </message>
    <message>
        <source>Letter: supervision notice</source>
        <translation>公文：督办单</translation>
    </message>
    <message>
        <source>Letter: reminder letter</source>
        <translation>公文：提醒函</translation>
    </message>
    <message>
        <source>Letter: rectification notice</source>
        <translation>公文：整改通知书</translation>
    </message>
    <message>
        <source>Contradictions</source>
        <translation>矛盾核查</translation>
    </message>
    <message>
        <source>Morning sheet</source>
        <translation>晨间清单</translation>
    </message>
    <message>
        <source>Unit directory</source>
        <translation>单位通讯录</translation>
    </message>
    <message>
        <source>Reviews</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>批示件</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>工作提示</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>检查与抽样</translation>
    </message>
    <message>
        <source>Letter: yellow card notice</source>
        <translation>公文：黄牌督办通知书</translation>
    </message>
    <message>
        <source>Letter: red card notice</source>
        <translation>公文：红牌督办通知书</translation>
    </message>
    <message>
        <source>Letter: bulletin</source>
        <translation>公文：通报</translation>
    </message>
    <message>
        <source>Letter: interview notice</source>
        <translation>公文：约谈通知书</translation>
    </message>
    <message>
        <source>Letter: referral letter</source>
        <translation>公文：移送函</translation>
    </message>
    <message>
        <source>City rules</source>
        <translation>规则管理</translation>
    </message>
    <message>
        <source>Visit records</source>
        <translation>回访记录</translation>
    </message>
</context>
<context>
    <name>PaintedTable</name>
    <message>
        <source>Nothing here</source>
        <translation>这里没有内容</translation>
    </message>
    <message>
        <source>The list could not be read</source>
        <translation>列表读取失败</translation>
    </message>
</context>
<context>
    <name>PairedPage</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>Choose a line to see all that belongs to it.</source>
        <translation>请在列表中选择一行，查看详情。</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开工单</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>这里是空的</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>What would you like to do? Chinese, English or pinyin initials</source>
        <translation>您要做什么？可输入中文、英文或拼音首字母</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Nothing of that name.</source>
        <translation>没有找到。</translation>
    </message>
</context>
<context>
    <name>PlainText</name>
    <message>
        <source>… {count} more characters are not shown</source>
        <translation>……另有 {count} 个字未显示</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>… {count} more characters; click here to show all</source>
        <translation>……还有 {count} 个字，点击此处显示全部</translation>
    </message>
</context>
<context>
    <name>PlanSheet</name>
    <message>
        <source>Title</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>检查类型</translation>
    </message>
    <message>
        <source>Mandate</source>
        <translation>检查依据</translation>
    </message>
    <message>
        <source>Only what is in force today is offered.</source>
        <translation>只列出今日有效的依据。</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>检查目的</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>被检查单位</translation>
    </message>
    <message>
        <source>From</source>
        <translation>自</translation>
    </message>
    <message>
        <source>To, this day included</source>
        <translation>至（含当日）</translation>
    </message>
    <message>
        <source>By the day on which it was</source>
        <translation>时间口径</translation>
    </message>
    <message>
        <source>Types; none chosen means all</source>
        <translation>诉求类型；不选即全部</translation>
    </message>
    <message>
        <source>Matters; none chosen means all</source>
        <translation>事项类别；不选即全部</translation>
    </message>
    <message>
        <source>Checklist</source>
        <translation>检查清单</translation>
    </message>
    <message>
        <source>Inspectors</source>
        <translation>检查人员</translation>
    </message>
    <message>
        <source>How it is gone about</source>
        <translation>检查方式和安排</translation>
    </message>
    <message>
        <source>For the office alone; the units inspected never get to read it.</source>
        <translation>仅供内部，被检查单位看不到。</translation>
    </message>
    <message>
        <source>A period that ends after it begins</source>
        <translation>结束日期不早于开始日期</translation>
    </message>
</context>
<context>
    <name>PreviewSheet</name>
    <message>
        <source>Attachment</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ProgressStrip</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Promises</name>
    <message>
        <source>Today {time}</source>
        <translation>今天 {time}</translation>
    </message>
    <message>
        <source>Next working day</source>
        <translation>下一工作日</translation>
    </message>
    <message>
        <source>In 3 working days</source>
        <translation>3 个工作日后</translation>
    </message>
    <message>
        <source>[12345 supervision] Ticket {number} ({title}): {standing}. Please handle it at once and tell us today how it stands and when it will be done.</source>
        <translation>【12345督办】工单 {number}（{title}）：{standing}。请立即办理，并于今日反馈办理情况和预计办结时间。</translation>
    </message>
    <message>
        <source>The unit&apos;s promise for {time} was not kept.</source>
        <translation>承办单位承诺 {time} 前办结，未兑现。</translation>
    </message>
    <message>
        <source>The ticket is due {due}.</source>
        <translation>该工单应于 {due} 办结。</translation>
    </message>
    <message>
        <source>Urges so far: {n}.</source>
        <translation>已催办 {n} 次。</translation>
    </message>
    <message>
        <source>Sent back for rework: {n}×.</source>
        <translation>已重办 {n} 次。</translation>
    </message>
    <message>
        <source>The ticket was due {due}: {standing}.</source>
        <translation>该工单应于 {due} 办结，现已{standing}。</translation>
    </message>
    <message>
        <source>{act} {number} was issued on {when}.</source>
        <translation>{act} {number} 已于 {when} 下发。</translation>
    </message>
    <message>
        <source>{act} {number} was issued on {when}; the unit has not explained itself.</source>
        <translation>{act} {number} 已于 {when} 下发，承办单位至今未作说明。</translation>
    </message>
    <message>
        <source>The return visit of {when} found it not settled.</source>
        <translation>{when}回访时问题仍未解决。</translation>
    </message>
    <message>
        <source>In the return visit of {when} the citizen said: “{words}”.</source>
        <translation>{when}回访时诉求人反映：“{words}”。</translation>
    </message>
</context>
<context>
    <name>ProtocolFile</name>
    <message>
        <source>Sampling protocol</source>
        <translation>抽样记录</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>文本 (*.txt)</translation>
    </message>
    <message>
        <source>{name} saved</source>
        <translation>{name} 已保存</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>QuestionRow</name>
    <message>
        <source>required</source>
        <translation>必填</translation>
    </message>
</context>
<context>
    <name>Questionnaire</name>
    <message>
        <source>Is there anything else you would like to raise?</source>
        <translation>您还有其他诉求吗？</translation>
    </message>
    <message>
        <source>What is written here becomes a draft ticket; this visit goes on.</source>
        <translation>填写后生成新工单草稿，本次回访继续。</translation>
    </message>
    <message>
        <source>This question needs an answer.</source>
        <translation>此题必须回答。</translation>
    </message>
    <message>
        <source>Tell nothing about the matter. Record a wrong number (F7), or agree on another time (F6).</source>
        <translation>不要透露诉求内容。请记录号码有误（F7），或约定再拨（F6）。</translation>
    </message>
</context>
<context>
    <name>QueuePane</name>
    <message>
        <source>Next</source>
        <translation>下一位</translation>
    </message>
    <message>
        <source>Filter of the queue</source>
        <translation>队列筛选</translation>
    </message>
    <message>
        <source>Take the next</source>
        <translation>领取下一位</translation>
    </message>
    <message>
        <source>{done}/{goal}</source>
        <translation>{done}/{goal}</translation>
    </message>
    <message>
        <source>today&apos;s goal</source>
        <translation>今日目标</translation>
    </message>
    <message>
        <source>completed today</source>
        <translation>今日完成</translation>
    </message>
    <message>
        <source>Today: {calls} calls · {reached} reached · {completed} completed · {valid} valid</source>
        <translation>今日：拨打 {calls} 次 · 接通 {reached} · 完成 {completed} · 有效 {valid}</translation>
    </message>
    <message>
        <source>Requester</source>
        <translation>诉求人</translation>
    </message>
    <message>
        <source>Why here</source>
        <translation>排序原因</translation>
    </message>
    <message>
        <source>Return visits that wait</source>
        <translation>待回访</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Booked</source>
        <translation>预约</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>将超期</translation>
    </message>
    <message>
        <source>Everybody has been called back.</source>
        <translation>已全部回访。</translation>
    </message>
    <message>
        <source>No visit is assigned to you by name.</source>
        <translation>没有指派给您的回访。</translation>
    </message>
    <message>
        <source>Nobody is booked or waits for a promised call.</source>
        <translation>没有预约或约定再拨的诉求人。</translation>
    </message>
    <message>
        <source>No visit is near its deadline.</source>
        <translation>没有将超期的回访。</translation>
    </message>
    <message>
        <source>Nobody waits</source>
        <translation>无人等候</translation>
    </message>
    <message>
        <source>{n} matters</source>
        <translation>{n} 件</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>回访员</translation>
    </message>
    <message>
        <source>Next hour: {booked} booked · {due} due · {others} more can be called</source>
        <translation>未来一小时：预约 {booked} · 到期 {due} · 另可拨打 {others}</translation>
    </message>
    <message>
        <source>a conversation takes {time}</source>
        <translation>平均通话 {time}</translation>
    </message>
    <message>
        <source>asked once more by a colleague: {same} of {all} the same</source>
        <translation>同事复访 {all} 件，{same} 件一致</translation>
    </message>
    <message>
        <source>Next call: {when}</source>
        <translation>下次拨打：{when}</translation>
    </message>
    <message>
        <source>Take visits along</source>
        <translation>带走回访（离线）</translation>
    </message>
    <message>
        <source>Workload</source>
        <translation>分工</translation>
    </message>
    <message>
        <source>Calendar of booked calls</source>
        <translation>预约日历</translation>
    </message>
    <message>
        <source>Exceptions</source>
        <translation>例外</translation>
    </message>
    <message>
        <source>Nobody asks for a call outside the rules.</source>
        <translation>没有人申请规则外拨打。</translation>
    </message>
    <message>
        <source>exception asked</source>
        <translation>申请例外</translation>
    </message>
</context>
<context>
    <name>Queues</name>
    <message>
        <source>Overdue</source>
        <translation>逾期</translation>
    </message>
    <message>
        <source>Due today</source>
        <translation>今日到期</translation>
    </message>
    <message>
        <source>Escalated</source>
        <translation>重点工单</translation>
    </message>
    <message>
        <source>Rework</source>
        <translation>重办</translation>
    </message>
    <message>
        <source>Supervised</source>
        <translation>督办中</translation>
    </message>
    <message>
        <source>To approve</source>
        <translation>待我审批</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已答复</translation>
    </message>
    <message>
        <source>Promise overdue</source>
        <translation>承诺逾期</translation>
    </message>
    <message>
        <source>All open</source>
        <translation>全部未办结</translation>
    </message>
    <message>
        <source>All tickets</source>
        <translation>全部工单</translation>
    </message>
    <message>
        <source>No open ticket is past its time limit.</source>
        <translation>没有逾期未办结的工单。</translation>
    </message>
    <message>
        <source>Nothing more is due today.</source>
        <translation>今天没有其他到期工单。</translation>
    </message>
    <message>
        <source>No open ticket is escalated.</source>
        <translation>没有未办结的重点工单。</translation>
    </message>
    <message>
        <source>No open ticket was sent back.</source>
        <translation>没有重办中的工单。</translation>
    </message>
    <message>
        <source>No supervision notice is being worked on.</source>
        <translation>没有督办中的工单。</translation>
    </message>
    <message>
        <source>Nobody waits for your signature.</source>
        <translation>没有待您审批的事项。</translation>
    </message>
    <message>
        <source>No unit has answered yet.</source>
        <translation>暂无单位答复。</translation>
    </message>
    <message>
        <source>Every unit has kept its promise so far.</source>
        <translation>目前各单位承诺均已兑现。</translation>
    </message>
    <message>
        <source>Every ticket has been completed.</source>
        <translation>所有工单均已办结。</translation>
    </message>
    <message>
        <source>Tickets appear here after the first synchronisation.</source>
        <translation>首次同步后，工单显示在这里。</translation>
    </message>
    <message>
        <source>Next step proposed</source>
        <translation>建议升级</translation>
    </message>
    <message>
        <source>With the unit</source>
        <translation>待单位答复</translation>
    </message>
    <message>
        <source>No case suggests a further step of supervision.</source>
        <translation>暂无建议升级督办的工单。</translation>
    </message>
    <message>
        <source>No unit owes you an answer.</source>
        <translation>没有承办单位欠答复。</translation>
    </message>
    <message>
        <source>Emergencies</source>
        <translation>紧急事项</translation>
    </message>
    <message>
        <source>No open ticket is an emergency.</source>
        <translation>没有未办结的紧急事项。</translation>
    </message>
    <message>
        <source>Due soon</source>
        <translation>临期</translation>
    </message>
    <message>
        <source>Repeated</source>
        <translation>重复诉求</translation>
    </message>
    <message>
        <source>Provisional</source>
        <translation>暂定时限</translation>
    </message>
    <message>
        <source>No time limit ends within the next hours.</source>
        <translation>近期没有即将到期的工单。</translation>
    </message>
    <message>
        <source>No open ticket was told again.</source>
        <translation>没有重复反映的在办工单。</translation>
    </message>
    <message>
        <source>Every time limit is definite.</source>
        <translation>没有暂定的时限。</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Fold the rail</source>
        <translation>折叠导航栏</translation>
    </message>
    <message>
        <source>Unfold the rail</source>
        <translation>展开导航栏</translation>
    </message>
</context>
<context>
    <name>RealMode</name>
    <message>
        <source>The server of {city} answers.</source>
        <translation>{city}的服务器可以连接。</translation>
    </message>
    <message>
        <source>Looking through your store: the program was cut off last time. This may take some seconds…</source>
        <translation>程序上次意外中断，正在检查本机数据，可能需要几秒钟…</translation>
    </message>
    <message>
        <source>This device is being wiped…</source>
        <translation>正在清除本设备…</translation>
    </message>
</context>
<context>
    <name>ReasonLine</name>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Write the reason in a few words first.</source>
        <translation>请先写明理由。</translation>
    </message>
</context>
<context>
    <name>RecordCard</name>
    <message>
        <source>Decision</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>Overturn</source>
        <translation>推翻</translation>
    </message>
    <message>
        <source>Let it stand</source>
        <translation>维持原结果</translation>
    </message>
    <message>
        <source>The citizen</source>
        <translation>诉求人</translation>
    </message>
    <message>
        <source>Call again</source>
        <translation>再次回访</translation>
    </message>
    <message>
        <source>Do not call again</source>
        <translation>不再回访</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>To the unit</source>
        <translation>致承办单位</translation>
    </message>
    <message>
        <source>What comes of it</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <source>Contact log of {unit}</source>
        <translation>{unit}的联系记录</translation>
    </message>
    <message>
        <source>answer until {time}</source>
        <translation>{time}前答复</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Why it was made</source>
        <translation>回访原因</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>答复</translation>
    </message>
    <message>
        <source>Asked to be overturned</source>
        <translation>申请推翻</translation>
    </message>
    <message>
        <source>Asked of the unit</source>
        <translation>向单位索要</translation>
    </message>
    <message>
        <source>Contact log of the unit</source>
        <translation>单位联系记录</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已办结</translation>
    </message>
    <message>
        <source>We could not reach the citizen. Please send the log of your own contacts: when, by what means, with whom.</source>
        <translation>我们未能联系上诉求人。请提供贵单位的联系记录：何时、以何种方式、与何人联系。</translation>
    </message>
    <message>
        <source>Record, send later</source>
        <translation>先记录，稍后发送</translation>
    </message>
    <message>
        <source>Ask to overturn</source>
        <translation>申请推翻</translation>
    </message>
    <message>
        <source>Record the decision</source>
        <translation>记录决定</translation>
    </message>
    <message>
        <source>Ask the unit</source>
        <translation>向单位索要</translation>
    </message>
    <message>
        <source>Close the request</source>
        <translation>办结</translation>
    </message>
    <message>
        <source>choose first</source>
        <translation>请先选择</translation>
    </message>
    <message>
        <source>write the words first</source>
        <translation>请先填写内容</translation>
    </message>
    <message>
        <source>is being sent</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>{number}: recorded, {sending}</source>
        <translation>{number}：已记录，{sending}</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>拨打</translation>
    </message>
    <message>
        <source>recording {name}</source>
        <translation>录音 {name}</translation>
    </message>
    <message>
        <source>One call outside the rules</source>
        <translation>规则之外拨打一次</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>不同意</translation>
    </message>
    <message>
        <source>Reason, if refused</source>
        <translation>理由（不同意时必填）</translation>
    </message>
    <message>
        <source>Asked for: one call outside the rules</source>
        <translation>申请：规则之外拨打一次</translation>
    </message>
    <message>
        <source>Sent back for rework</source>
        <translation>发回重办</translation>
    </message>
</context>
<context>
    <name>RecordPage</name>
    <message>
        <source>Access record</source>
        <translation>查阅留痕</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Act</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>Day, 2024-05-14</source>
        <translation>日期，如 2024-05-14</translation>
    </message>
    <message>
        <source>Ticket number</source>
        <translation>工单编号</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>On record</source>
        <translation>记录时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>What</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>目的与理由</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开工单</translation>
    </message>
    <message>
        <source>Nothing on record</source>
        <translation>没有记录</translation>
    </message>
    <message>
        <source>No act fits what you look for.</source>
        <translation>没有符合条件的记录。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>no such case</source>
        <translation>没有此工单</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>Seen and let out</source>
        <translation>查看与外传</translation>
    </message>
    <message>
        <source>Everything on record</source>
        <translation>全部留痕</translation>
    </message>
    <message>
        <source>The record is not as it was written: row {row} was changed or is missing.</source>
        <translation>留痕与写入时不一致：第 {row} 行被改动或缺失。</translation>
    </message>
    <message>
        <source>The chain was checked at {time}: {rows} rows as they were written, the newest {seq}:{hash}…</source>
        <translation>链条已于 {time} 校验：{rows} 行均与写入时一致，最新一行 {seq}:{hash}…</translation>
    </message>
    <message>
        <source>The whole record</source>
        <translation>全部记录</translation>
    </message>
    <message>
        <source>Nobody has seen them</source>
        <translation>无人查看过</translation>
    </message>
    <message>
        <source>Nothing of this requester is on record.</source>
        <translation>没有关于该诉求人的记录。</translation>
    </message>
    <message>
        <source>Who saw what of one requester · cases: {numbers}</source>
        <translation>该诉求人的信息被谁看过 · 工单：{numbers}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Their confidential cases and reports are left out: these need a clearance.</source>
        <translation>其保密工单和举报件未列出：查看需要举报件权限。</translation>
    </message>
</context>
<context>
    <name>RecordRows</name>
    <message>
        <source>What the citizen said</source>
        <translation>诉求人评价</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>By</source>
        <translation>办理人</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Completed, valid</source>
        <translation>已完成，有效</translation>
    </message>
    <message>
        <source>Completed, not valid</source>
        <translation>已完成，非有效</translation>
    </message>
    <message>
        <source>{channel} {made} ({valid} valid)</source>
        <translation>{channel}{made}（有效{valid}）</translation>
    </message>
    <message>
        <source>Call outside the rules?</source>
        <translation>待批例外拨打</translation>
    </message>
    <message>
        <source>Completed, counts in no rate</source>
        <translation>已完成，不计入三率</translation>
    </message>
</context>
<context>
    <name>RecordingBox</name>
    <message>
        <source>Place in the recording</source>
        <translation>录音播放位置</translation>
    </message>
    <message>
        <source>Call of {time}: recording {name}</source>
        <translation>{time} 通话：录音 {name}</translation>
    </message>
    <message>
        <source>Call of {time}: no recording</source>
        <translation>{time} 通话：无录音</translation>
    </message>
    <message>
        <source>The sound lies in the city&apos;s telephone system under this name, not here.</source>
        <translation>录音以此名称存放在市里的话务系统中，不在本机。</translation>
    </message>
    <message>
        <source>Officers, superiors and whoever added it may listen.</source>
        <translation>仅督办人员、上级领导和添加人可以听取。</translation>
    </message>
    <message>
        <source>It cannot be played here: the program was installed without Qt Multimedia, its part for sound.</source>
        <translation>本机无法播放：安装本程序时未包含声音组件 Qt Multimedia。</translation>
    </message>
    <message>
        <source>Add the recording…</source>
        <translation>添加录音…</translation>
    </message>
    <message>
        <source>Listen, pause</source>
        <translation>播放/暂停</translation>
    </message>
    <message>
        <source>This recording cannot be played: no sound device, or a kind it does not know.</source>
        <translation>此录音无法播放：没有声音设备，或格式不受支持。</translation>
    </message>
    <message>
        <source>Add the recording</source>
        <translation>添加录音</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>录音文件</translation>
    </message>
</context>
<context>
    <name>RecordsPage</name>
    <message>
        <source>Visit records</source>
        <translation>回访记录</translation>
    </message>
    <message>
        <source>Record it</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Next, previous record</source>
        <translation>下一条、上一条</translation>
    </message>
    <message>
        <source>List, record</source>
        <translation>列表、记录</translation>
    </message>
    <message>
        <source>Completed in the last month: {channels}</source>
        <translation>近一月完成：{channels}</translation>
    </message>
    <message>
        <source>Overturn, agree, or call again: to the reason</source>
        <translation>推翻、同意或再次回访：转到理由</translation>
    </message>
    <message>
        <source>Let it stand, refuse, or do not call again: to the reason</source>
        <translation>维持、不同意或不再回访：转到理由</translation>
    </message>
    <message>
        <source>Listen to the recording, or pause it</source>
        <translation>听取录音或暂停</translation>
    </message>
</context>
<context>
    <name>RecusalBox</name>
    <message>
        <source>Recusals</source>
        <translation>回避</translation>
    </message>
    <message>
        <source>Nobody is recused from this case.</source>
        <translation>本件没有回避人员。</translation>
    </message>
    <message>
        <source>Who shall have no part in it</source>
        <translation>回避人员</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Recuse</source>
        <translation>确定回避</translation>
    </message>
    <message>
        <source>I am recused</source>
        <translation>本人回避</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤销回避</translation>
    </message>
    <message>
        <source>Choose a person first.</source>
        <translation>请先选择人员。</translation>
    </message>
    <message>
        <source>This person is recused already.</source>
        <translation>该人员已回避。</translation>
    </message>
    <message>
        <source>Say the reason in a few words.</source>
        <translation>请用几个字说明理由。</translation>
    </message>
    <message>
        <source>{name} is recused; the case leaves their machines</source>
        <translation>{name}已回避，本件将从其设备上移除</translation>
    </message>
    <message>
        <source>The recusal of {name} is taken back</source>
        <translation>已撤销{name}的回避</translation>
    </message>
</context>
<context>
    <name>RecuseSheet</name>
    <message>
        <source>Who</source>
        <translation>回避人员</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>回避理由</translation>
    </message>
    <message>
        <source>From then on they neither act in it nor see it.</source>
        <translation>此后不再参与，也看不到这次检查。</translation>
    </message>
</context>
<context>
    <name>RefusalWords</name>
    <message>
        <source>Only its author and its inspectors carry an inspection on.</source>
        <translation>只有方案拟定人和检查人员可以推进这次检查。</translation>
    </message>
    <message>
        <source>One of the inspectors is no supervision officer, or answers for a unit that is inspected.</source>
        <translation>检查人员中有人不是督办员，或者是被检查单位的人员。</translation>
    </message>
    <message>
        <source>Another inspection looks at the same matter already.</source>
        <translation>同一事项已有检查，不得重复检查。</translation>
    </message>
    <message>
        <source>No ticket belongs to this population.</source>
        <translation>该范围内没有工单。</translation>
    </message>
    <message>
        <source>The population is too large; narrow units, days or types.</source>
        <translation>范围过大，请缩小单位、时段或类型。</translation>
    </message>
    <message>
        <source>The period is not over yet, so its tickets cannot be frozen.</source>
        <translation>检查时段尚未结束，不能封存抽样框。</translation>
    </message>
    <message>
        <source>This person is not one of the inspectors.</source>
        <translation>此人不是这次检查的检查人员。</translation>
    </message>
    <message>
        <source>This person has been recused already.</source>
        <translation>此人已经回避。</translation>
    </message>
    <message>
        <source>The last inspector cannot be recused; withdraw the inspection instead.</source>
        <translation>最后一名检查人员不能回避；请撤销这次检查。</translation>
    </message>
    <message>
        <source>Not every ticket of the sample has been checked to the last line.</source>
        <translation>样本中还有工单未逐项检查完毕。</translation>
    </message>
    <message>
        <source>This ticket was not drawn.</source>
        <translation>该工单未被抽中。</translation>
    </message>
    <message>
        <source>This ticket has been checked already.</source>
        <translation>该工单已经检查过。</translation>
    </message>
    <message>
        <source>Tickets are checked while the inspection runs.</source>
        <translation>只有检查进行中才能检查工单。</translation>
    </message>
    <message>
        <source>There is no such inspection.</source>
        <translation>没有这次检查。</translation>
    </message>
    <message>
        <source>The server does not know this checklist.</source>
        <translation>服务器上没有这份检查清单。</translation>
    </message>
    <message>
        <source>The server does not know this unit.</source>
        <translation>服务器上没有这个单位。</translation>
    </message>
    <message>
        <source>The unit still has time to confirm receipt.</source>
        <translation>单位确认收到的期限尚未届满。</translation>
    </message>
    <message>
        <source>Name the visit or the look-back that it was verified by.</source>
        <translation>请注明据以核实的回访或回头看。</translation>
    </message>
    <message>
        <source>The visit has not been made, or the look-back not been carried out.</source>
        <translation>回访尚未完成，或回头看尚未进行。</translation>
    </message>
    <message>
        <source>This visit or look-back does not belong to the finding.</source>
        <translation>这次回访或回头看与该问题无关。</translation>
    </message>
    <message>
        <source>A return visit of this case waits already; name that one.</source>
        <translation>本件已有待完成的回访，请选用那一次。</translation>
    </message>
    <message>
        <source>Whoever had a hand in a finding does not review it.</source>
        <translation>参与过该问题的人员不得复核。</translation>
    </message>
    <message>
        <source>A review is asked for once.</source>
        <translation>复核只能申请一次。</translation>
    </message>
    <message>
        <source>The days in which a review could be asked for are over.</source>
        <translation>申请复核的期限已过。</translation>
    </message>
    <message>
        <source>A rule it rests on is not in force today.</source>
        <translation>所引用的依据今天不在有效期内。</translation>
    </message>
    <message>
        <source>The sample of this look-back does not hold every ticket that the finding cites.</source>
        <translation>该次回头看的样本未包含检查问题引用的全部工单。</translation>
    </message>
</context>
<context>
    <name>Register</name>
    <message>
        <source>To be numbered</source>
        <translation>待编号</translation>
    </message>
    <message>
        <source>No code chosen yet</source>
        <translation>未选问题类型</translation>
    </message>
    <message>
        <source>Form begun</source>
        <translation>未写完</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Time limit state</source>
        <translation>时限状态</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>检查问题</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Put right by</source>
        <translation>整改时限</translation>
    </message>
    <message>
        <source>Filed</source>
        <translation>登记时间</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>With the unit, running</source>
        <translation>单位办理中（计时）</translation>
    </message>
    <message>
        <source>With the office, resting</source>
        <translation>督办方办理中（暂停计时）</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>优秀</translation>
    </message>
</context>
<context>
    <name>RegisterFile</name>
    <message>
        <source>A file is being written already.</source>
        <translation>正在生成另一个文件。</translation>
    </message>
    <message>
        <source>Register of findings</source>
        <translation>问题台账</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx)</source>
        <translation>Excel 工作簿 (*.xlsx)</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>问题数</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>截至</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>制表人</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Citizens&apos; identity is hidden; for official use only.</source>
        <translation>诉求人身份已隐去，仅供公务使用。</translation>
    </message>
    <message>
        <source>About this list</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>{name} saved</source>
        <translation>{name} 已保存</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>问题类别</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Filed</source>
        <translation>登记时间</translation>
    </message>
    <message>
        <source>Days since</source>
        <translation>已过天数</translation>
    </message>
    <message>
        <source>Put right by</source>
        <translation>整改期限</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>时限状态</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>诉求事项</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>What is required</source>
        <translation>整改要求</translation>
    </message>
    <message>
        <source>Rule basis</source>
        <translation>规则依据</translation>
    </message>
</context>
<context>
    <name>RegisterPane</name>
    <message>
        <source>Findings</source>
        <translation>检查问题</translation>
    </message>
    <message>
        <source>Number, ticket, matter</source>
        <translation>编号、工单、事项</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>问题类型</translation>
    </message>
    <message>
        <source>New finding</source>
        <translation>新建检查问题</translation>
    </message>
    <message>
        <source>Register of findings</source>
        <translation>问题台账</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>{n} found</source>
        <translation>找到 {n} 条</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有匹配项</translation>
    </message>
    <message>
        <source>No finding in this group fits the filter.</source>
        <translation>这一组里没有符合筛选条件的问题。</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>No finding yet</source>
        <translation>还没有检查问题</translation>
    </message>
    <message>
        <source>A finding is filed from a case (F), or here with its number.</source>
        <translation>可在工单中按 F 登记，或在这里按工单编号登记。</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>暂无内容</translation>
    </message>
    <message>
        <source>No finding stands at this point.</source>
        <translation>没有处于这一步的检查问题。</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Time to put it right</source>
        <translation>整改时限</translation>
    </message>
    <message>
        <source>Older than {n} days</source>
        <translation>超过 {n} 天</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>登记时长</translation>
    </message>
    <message>
        <source>Save the register as a file…</source>
        <translation>导出问题台账…</translation>
    </message>
</context>
<context>
    <name>RelatedBox</name>
    <message>
        <source>Way between units</source>
        <translation>流转路径</translation>
    </message>
    <message>
        <source>{unit} (returned after {time})</source>
        <translation>{unit}（{time}后退单）</translation>
    </message>
    <message>
        <source>Same requester: {n}</source>
        <translation>同一诉求人：{n}</translation>
    </message>
    <message>
        <source>Same address: {n}</source>
        <translation>同一地点：{n}</translation>
    </message>
    <message>
        <source>Same matter elsewhere: {n}</source>
        <translation>他处同类诉求：{n}</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>还有 %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>{share} % the same words</source>
        <translation>文字相同 {share}%</translation>
    </message>
</context>
<context>
    <name>RemarksBox</name>
    <message>
        <source>Before it goes</source>
        <translation>提交前检查</translation>
    </message>
    <message>
        <source>Not answered: “{quote}”</source>
        <translation>未回应：“{quote}”</translation>
    </message>
    <message>
        <source>Hardly more than set phrases: {quote}</source>
        <translation>基本为套话：{quote}</translation>
    </message>
    <message>
        <source>Left to be filled in: {quote}</source>
        <translation>尚未填写：{quote}</translation>
    </message>
    <message>
        <source>Nothing shows that anybody spoke with the requester: say when and how, or attach a record.</source>
        <translation>未见与诉求人联系的依据：请写明联系时间和方式，或附上记录。</translation>
    </message>
    <message>
        <source>{percent} % the same as what was answered on {number}: “{quote}”</source>
        <translation>与 {number} 的答复 {percent}% 相同：“{quote}”</translation>
    </message>
</context>
<context>
    <name>ReportCard</name>
    <message>
        <source>What happened</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>How many people</source>
        <translation>涉及人数</translation>
    </message>
    <message>
        <source>Done so far</source>
        <translation>已采取措施</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>工作建议</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>报送对象</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Submit for approval</source>
        <translation>提交审批</translation>
    </message>
    <message>
        <source>Keep as a draft</source>
        <translation>存为草稿</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Return for changes</source>
        <translation>退回修改</translation>
    </message>
    <message>
        <source>Record as sent</source>
        <translation>登记已报送</translation>
    </message>
    <message>
        <source>Register the instruction</source>
        <translation>登记返回的批示</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>New urgent report on {number}</source>
        <translation>为 {number} 起草要情专报</translation>
    </message>
    <message>
        <source>One page: what, where, how many, done so far, proposed.</source>
        <translation>一页写清：事项、地点、涉及人数、已采取措施、工作建议。</translation>
    </message>
    <message>
        <source>Urgent report {number}</source>
        <translation>要情专报 {number}</translation>
    </message>
    <message>
        <source>{leader}: {text}</source>
        <translation>{leader}：{text}</translation>
    </message>
    <message>
        <source>The author needs a reason</source>
        <translation>请写明理由，起草人需要知道</translation>
    </message>
    <message>
        <source>Say why it is withdrawn</source>
        <translation>请写明撤回理由</translation>
    </message>
    <message>
        <source>still missing: {part}</source>
        <translation>尚缺：{part}</translation>
    </message>
    <message>
        <source>name the recipients first</source>
        <translation>请先填写报送对象</translation>
    </message>
    <message>
        <source>{who}, {when}</source>
        <translation>{who}，{when}</translation>
    </message>
    <message>
        <source>approved by {who}, {when}</source>
        <translation>{who} 于 {when} 批准</translation>
    </message>
    <message>
        <source>sent by {who}, {when}</source>
        <translation>{who} 于 {when} 报送</translation>
    </message>
    <message>
        <source>returned: {reason}</source>
        <translation>退回：{reason}</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>{unit}: {state}</source>
        <translation>{unit}：{state}</translation>
    </message>
    <message>
        <source>Urgent report recorded</source>
        <translation>要情专报已登记</translation>
    </message>
    <message>
        <source>Save as a document…</source>
        <translation>存为文档…</translation>
    </message>
</context>
<context>
    <name>ReportSheet</name>
    <message>
        <source>Report of a failure</source>
        <translation>故障报告</translation>
    </message>
    <message>
        <source>This is all that the file will hold: where the program failed, and no word of a case. Nothing is sent anywhere. Save it to hand it to whoever looks after this program.</source>
        <translation>文件里只有以下内容：程序在哪里出错，不含任何工单的文字。不会发送到任何地方。保存后可交给维护本程序的人。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
</context>
<context>
    <name>ReportSteps</name>
    <message>
        <source>Show it now</source>
        <translation>现在查看</translation>
    </message>
    <message>
        <source>Withdraw the request</source>
        <translation>撤回申请</translation>
    </message>
    <message>
        <source>Lapses {time}.</source>
        <translation>{time} 失效。</translation>
    </message>
    <message>
        <source>Nobody else is cleared for this case: nobody can agree to it.</source>
        <translation>没有其他同事有权处理此件，无人可以同意。</translation>
    </message>
    <message>
        <source>Waiting for a second cleared colleague: {names}</source>
        <translation>等待第二位有权同事同意：{names}</translation>
    </message>
    <message>
        <source>{name} has agreed. It can be shown once.</source>
        <translation>{name} 已同意，可查看一次。</translation>
    </message>
    <message>
        <source>{name} has declined: {reason}</source>
        <translation>{name} 未同意：{reason}</translation>
    </message>
</context>
<context>
    <name>RequestCard</name>
    <message>
        <source>{name} asks to see: {field}</source>
        <translation>{name} 申请查看：{field}</translation>
    </message>
    <message>
        <source>{purpose}: {reason}</source>
        <translation>{purpose}：{reason}</translation>
    </message>
    <message>
        <source>Case {number} · asked {asked} · lapses {until}</source>
        <translation>工单 {number} · {asked} 申请 · {until} 失效</translation>
    </message>
    <message>
        <source>Reason (needed to decline or step aside)</source>
        <translation>理由（不同意或回避时必填）</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>不同意</translation>
    </message>
    <message>
        <source>I am recused</source>
        <translation>我回避</translation>
    </message>
    <message>
        <source>Say the reason first.</source>
        <translation>请先写明理由。</translation>
    </message>
</context>
<context>
    <name>RequestsPage</name>
    <message>
        <source>Report requests</source>
        <translation>举报查看申请</translation>
    </message>
    <message>
        <source>No colleague waits for your agreement.</source>
        <translation>没有同事等待您同意。</translation>
    </message>
    <message>
        <source>What I asked in the last day</source>
        <translation>我一天内的申请</translation>
    </message>
    <message>
        <source>To read the particulars of somebody who reported in confidence takes a second person&apos;s agreement.</source>
        <translation>查看要求保密的举报人信息，须经另一人同意。</translation>
    </message>
</context>
<context>
    <name>ReturnVisitsPage</name>
    <message>
        <source>Return visits</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>Space, N, Ctrl+N</source>
        <translation>空格、N、Ctrl+N</translation>
    </message>
    <message>
        <source>Take the next person</source>
        <translation>领取下一位诉求人</translation>
    </message>
    <message>
        <source>Take the chosen person</source>
        <translation>领取所选诉求人</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>拨号</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>挂断</translation>
    </message>
    <message>
        <source>Answer the question and go on</source>
        <translation>回答并转到下一题</translation>
    </message>
    <message>
        <source>From question to question</source>
        <translation>上一题、下一题</translation>
    </message>
    <message>
        <source>Complete this visit</source>
        <translation>完成本次回访</translation>
    </message>
    <message>
        <source>Book the visit</source>
        <translation>预约回访</translation>
    </message>
    <message>
        <source>Give the person back</source>
        <translation>放回诉求人</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开工单</translation>
    </message>
    <message>
        <source>Show or hide request and answer</source>
        <translation>展开或收起诉求和答复</translation>
    </message>
    <message>
        <source>Next or previous matter of this person</source>
        <translation>该诉求人的下一件、上一件</translation>
    </message>
    <message>
        <source>You are with {person}: record the outcome, or give the person back.</source>
        <translation>您正在回访{person}：请先记录结果，或放回。</translation>
    </message>
    <message>
        <source>Take again</source>
        <translation>重新领取</translation>
    </message>
    <message>
        <source>Take the person again</source>
        <translation>重新领取诉求人</translation>
    </message>
    <message>
        <source>Take visits along, without a network</source>
        <translation>带走回访，离线拨打</translation>
    </message>
    <message>
        <source>Ask for an exception, take over, or agree</source>
        <translation>申请例外、接手或同意</translation>
    </message>
    <message>
        <source>Refuse the exception</source>
        <translation>不同意例外</translation>
    </message>
    <message>
        <source>Workload: who has how much</source>
        <translation>分工：各人有多少</translation>
    </message>
    <message>
        <source>Calendar of booked calls</source>
        <translation>预约日历</translation>
    </message>
    <message>
        <source>Shift and arrows</source>
        <translation>Shift 加方向键</translation>
    </message>
    <message>
        <source>In the calendar: move the booking</source>
        <translation>在日历中改预约时间</translation>
    </message>
    <message>
        <source>Promised for {time}: {who}</source>
        <translation>约定 {time} 回访：{who}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>After the call: send the case back for rework</source>
        <translation>通话后：发回重办</translation>
    </message>
</context>
<context>
    <name>RevealBox</name>
    <message>
        <source>What</source>
        <translation>查看内容</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Choose a purpose first.</source>
        <translation>请先选择用途。</translation>
    </message>
    <message>
        <source>Say the reason in a few words.</source>
        <translation>请简要写明理由。</translation>
    </message>
    <message>
        <source>{value} (sample)</source>
        <translation>{value}（示例）</translation>
    </message>
    <message>
        <source>{seconds} s left; the look-up was recorded</source>
        <translation>{seconds} 秒后隐藏，本次查看已留痕</translation>
    </message>
    <message>
        <source>Ask a colleague</source>
        <translation>申请第二人同意</translation>
    </message>
</context>
<context>
    <name>ReviewCard</name>
    <message>
        <source>Decision</source>
        <translation>审核意见</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Do not agree</source>
        <translation>不同意</translation>
    </message>
    <message>
        <source>Granted</source>
        <translation>准予延长</translation>
    </message>
    <message>
        <source>working days</source>
        <translation>个工作日</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation>应由</translation>
    </message>
    <message>
        <source>Reason, for the unit</source>
        <translation>审核理由（告知承办单位）</translation>
    </message>
    <message>
        <source>Words for the citizen</source>
        <translation>告知诉求人的话</translation>
    </message>
    <message>
        <source>Record the decision</source>
        <translation>登记审核意见</translation>
    </message>
    <message>
        <source>{unit} returns the case: it is not theirs</source>
        <translation>{unit}申请退单：不属其职责</translation>
    </message>
    <message>
        <source>{unit} applies for {days} working days more</source>
        <translation>{unit}申请延期 {days} 个工作日</translation>
    </message>
    <message>
        <source>{who}, {when}</source>
        <translation>{who}，{when}</translation>
    </message>
    <message>
        <source>asked for after the limit had run out: an extension does not cure that</source>
        <translation>逾期后才申请：延期不能消除已发生的逾期</translation>
    </message>
    <message>
        <source>asked for before the limit ran out</source>
        <translation>到期前申请</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>{old} → {new}</source>
        <translation>{old} → {new}</translation>
    </message>
    <message>
        <source>Limit, now and as applied for</source>
        <translation>现时限与申请后的时限</translation>
    </message>
    <message>
        <source>The unit says it belongs to</source>
        <translation>承办单位认为应由</translation>
    </message>
    <message>
        <source>no unit</source>
        <translation>未列单位</translation>
    </message>
    <message>
        <source>no line for this category</source>
        <translation>目录中没有这一类别</translation>
    </message>
    <message>
        <source>Dispatch catalogue</source>
        <translation>派单目录</translation>
    </message>
    <message>
        <source>Earlier applications</source>
        <translation>此前的申请</translation>
    </message>
    <message>
        <source>Record, send later</source>
        <translation>先记下，稍后发送</translation>
    </message>
    <message>
        <source>choose first: agree or not</source>
        <translation>请先选择同意或不同意</translation>
    </message>
    <message>
        <source>write the reason first: it goes to the unit</source>
        <translation>请先写明理由，理由将告知承办单位</translation>
    </message>
    <message>
        <source>Your matter needs {days} more working days; {unit} keeps you informed.</source>
        <translation>您反映的事项办理时限延长 {days} 个工作日，{unit}会向您说明进展。</translation>
    </message>
    <message>
        <source>Your matter is passed on to the unit in charge, which will contact you.</source>
        <translation>您反映的事项将转由职责单位办理，届时会与您联系。</translation>
    </message>
    <message>
        <source>{unit} answers within the time limit given.</source>
        <translation>{unit}将在规定时限内答复您。</translation>
    </message>
    <message>
        <source>{unit} goes on with your matter.</source>
        <translation>您反映的事项继续由{unit}办理。</translation>
    </message>
    <message>
        <source>is being sent</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>Decision on {number} recorded, {sending}</source>
        <translation>{number} 的审核意见已登记，{sending}</translation>
    </message>
    <message>
        <source>{unit}, as laid down in {ground}</source>
        <translation>{unit}，依据{ground}</translation>
    </message>
</context>
<context>
    <name>ReviewRows</name>
    <message>
        <source>Asked in time</source>
        <translation>是否到期前申请</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>承办单位</translation>
    </message>
    <message>
        <source>Applied for</source>
        <translation>申请内容</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>申请时间</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>to another unit</source>
        <translation>改派其他单位</translation>
    </message>
    <message>
        <source>+{days} working days, to {until}</source>
        <translation>+{days} 个工作日，至 {until}</translation>
    </message>
    <message>
        <source>Asked before the limit ran out</source>
        <translation>到期前申请</translation>
    </message>
    <message>
        <source>Asked after the limit had run out</source>
        <translation>逾期后申请</translation>
    </message>
</context>
<context>
    <name>ReviewSheet</name>
    <message>
        <source>What the unit says</source>
        <translation>单位的理由</translation>
    </message>
    <message>
        <source>It stands</source>
        <translation>维持</translation>
    </message>
    <message>
        <source>It stands with another severity</source>
        <translation>变更严重程度</translation>
    </message>
    <message>
        <source>It is revoked</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>New severity</source>
        <translation>变更为</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>The unit reads it.</source>
        <translation>单位可见。</translation>
    </message>
    <message>
        <source>The new severity</source>
        <translation>新的严重程度</translation>
    </message>
</context>
<context>
    <name>ReviewsPage</name>
    <message>
        <source>Reviews</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>Agree: to the reason</source>
        <translation>同意，去写理由</translation>
    </message>
    <message>
        <source>Do not agree: to the reason</source>
        <translation>不同意，去写理由</translation>
    </message>
    <message>
        <source>Record the decision</source>
        <translation>登记审核意见</translation>
    </message>
    <message>
        <source>Next, previous application</source>
        <translation>下一件、上一件申请</translation>
    </message>
    <message>
        <source>List, decision</source>
        <translation>列表、审核意见</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开工单</translation>
    </message>
</context>
<context>
    <name>RuleWords</name>
    <message>
        <source>Calendar</source>
        <translation>工作日历</translation>
    </message>
    <message>
        <source>Time limits</source>
        <translation>办理时限</translation>
    </message>
    <message>
        <source>Limits of steps</source>
        <translation>各环节时限</translation>
    </message>
    <message>
        <source>When citizens are called</source>
        <translation>拨打规则</translation>
    </message>
    <message>
        <source>Holding a visit</source>
        <translation>回访占用</translation>
    </message>
    <message>
        <source>Escalation</source>
        <translation>提级</translation>
    </message>
    <message>
        <source>Questionnaire</source>
        <translation>回访问卷</translation>
    </message>
    <message>
        <source>Reasons of dissatisfaction</source>
        <translation>不满意原因</translation>
    </message>
    <message>
        <source>Finding codes</source>
        <translation>检查问题代码</translation>
    </message>
    <message>
        <source>Days for rectification</source>
        <translation>整改时限</translation>
    </message>
    <message>
        <source>Purposes of looking up a contact</source>
        <translation>查看联系方式的用途</translation>
    </message>
    <message>
        <source>Dispatch catalogue</source>
        <translation>派单目录</translation>
    </message>
    <message>
        <source>Categories of emergencies</source>
        <translation>紧急事项类别</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>公文</translation>
    </message>
    <message>
        <source>Signs of a false completion</source>
        <translation>疑似虚假办结信号</translation>
    </message>
    <message>
        <source>Supervision ladder</source>
        <translation>督办阶梯</translation>
    </message>
    <message>
        <source>Return visits</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>Inspections</source>
        <translation>监督检查</translation>
    </message>
    <message>
        <source>Breaks</source>
        <translation>午休等休息时段</translation>
    </message>
    <message>
        <source>Office opens</source>
        <translation>上班时间</translation>
    </message>
    <message>
        <source>Office closes</source>
        <translation>下班时间</translation>
    </message>
    <message>
        <source>Hours that are due soon</source>
        <translation>临期小时数</translation>
    </message>
    <message>
        <source>Numbers of notices</source>
        <translation>督办单字号</translation>
    </message>
    <message>
        <source>Numbers of findings</source>
        <translation>检查问题字号</translation>
    </message>
    <message>
        <source>Numbers of reminder letters</source>
        <translation>提醒函字号</translation>
    </message>
    <message>
        <source>Numbers of urgent reports</source>
        <translation>要情专报字号</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>In force from</source>
        <translation>生效日期</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>counted in</source>
        <translation>计时单位</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>cut-off hour</source>
        <translation>截止钟点</translation>
    </message>
    <message>
        <source>extensions at most</source>
        <translation>最多延期次数</translation>
    </message>
    <message>
        <source>days of an extension</source>
        <translation>每次延期天数</translation>
    </message>
    <message>
        <source>begins with</source>
        <translation>起算事件</translation>
    </message>
    <message>
        <source>start day counts</source>
        <translation>起始日计入</translation>
    </message>
    <message>
        <source>days off</source>
        <translation>休息日</translation>
    </message>
    <message>
        <source>make-up working days</source>
        <translation>调休上班日</translation>
    </message>
    <message>
        <source>last announced year</source>
        <translation>已公布至年份</translation>
    </message>
    <message>
        <source>the city&apos;s days off</source>
        <translation>本市休息日</translation>
    </message>
    <message>
        <source>the city&apos;s working days</source>
        <translation>本市工作日</translation>
    </message>
    <message>
        <source>working days to reply</source>
        <translation>答复工作日数</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>who signs</source>
        <translation>签批人</translation>
    </message>
    <message>
        <source>who writes</source>
        <translation>起草人</translation>
    </message>
    <message>
        <source>who withdraws</source>
        <translation>撤回人</translation>
    </message>
    <message>
        <source>days to sign</source>
        <translation>签收天数</translation>
    </message>
    <message>
        <source>days to first contact</source>
        <translation>先行联系天数</translation>
    </message>
    <message>
        <source>days to the return visit</source>
        <translation>回访天数</translation>
    </message>
    <message>
        <source>days of rework</source>
        <translation>重办天数</translation>
    </message>
    <message>
        <source>days to reply to a notice</source>
        <translation>督办单反馈天数</translation>
    </message>
    <message>
        <source>days to feedback</source>
        <translation>反馈天数</translation>
    </message>
    <message>
        <source>severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>in force from</source>
        <translation>生效日期</translation>
    </message>
    <message>
        <source>in force until</source>
        <translation>失效日期</translation>
    </message>
    <message>
        <source>Chinese words</source>
        <translation>中文文字</translation>
    </message>
    <message>
        <source>English words</source>
        <translation>英文文字</translation>
    </message>
    <message>
        <source>share of visits made once more</source>
        <translation>复访比例</translation>
    </message>
    <message>
        <source>order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>{where}: new, {what}</source>
        <translation>{where}：新增 {what}</translation>
    </message>
    <message>
        <source>{where}: left out (was {what})</source>
        <translation>{where}：删去（原为 {what}）</translation>
    </message>
    <message>
        <source>{where}: {old} → {new}</source>
        <translation>{where}：{old} → {new}</translation>
    </message>
    <message>
        <source>the next version is {0}</source>
        <translation>下一版应为第 {0} 版</translation>
    </message>
    <message>
        <source>rules cannot be in force before today: deadlines keep those of their day</source>
        <translation>规则不能早于今天生效：已算出的时限沿用当日规则</translation>
    </message>
    <message>
        <source>version {0} is in force only from {1}</source>
        <translation>第 {0} 版自 {1} 起才生效</translation>
    </message>
    <message>
        <source>there is no such time zone</source>
        <translation>没有这个时区</translation>
    </message>
    <message>
        <source>the office&apos;s time zone stays: every stored date is of it</source>
        <translation>时区不能更改：已存日期均以此为准</translation>
    </message>
    <message>
        <source>an hour of the day has no time zone</source>
        <translation>钟点不带时区</translation>
    </message>
    <message>
        <source>the office closes after it opens</source>
        <translation>下班时间应晚于上班时间</translation>
    </message>
    <message>
        <source>a break lies within the office hours</source>
        <translation>休息时段应在办公时间之内</translation>
    </message>
    <message>
        <source>less than an hour of the working day is left</source>
        <translation>每个工作日的办公时间不足一小时</translation>
    </message>
    <message>
        <source>what was announced cannot be taken back</source>
        <translation>已公布的不能收回</translation>
    </message>
    <message>
        <source>{0} is off as well</source>
        <translation>{0} 同时也是休息日</translation>
    </message>
    <message>
        <source>{0} is worked anyway</source>
        <translation>{0} 本来就是工作日</translation>
    </message>
    <message>
        <source>“{0}” leads the citizen to an answer</source>
        <translation>“{0}”带有诱导性</translation>
    </message>
    <message>
        <source>between {0} and {1}</source>
        <translation>应在 {0} 至 {1} 之间</translation>
    </message>
    <message>
        <source>it ends before it begins</source>
        <translation>截止早于开始</translation>
    </message>
    <message>
        <source>a limit is between 1 and {0}</source>
        <translation>时限应在 1 至 {0} 之间</translation>
    </message>
    <message>
        <source>a limit is between {0} and {1} working days</source>
        <translation>时限应在 {0} 至 {1} 个工作日之间</translation>
    </message>
    <message>
        <source>a rule is named: a ticket&apos;s due time is explained by it</source>
        <translation>规则应有名称，工单时限以此说明</translation>
    </message>
    <message>
        <source>two rules are named {0}</source>
        <translation>有两条规则同名：{0}</translation>
    </message>
    <message>
        <source>the hour lies within the office hours</source>
        <translation>钟点应在办公时间之内</translation>
    </message>
    <message>
        <source>every severity has its working days</source>
        <translation>每种严重程度都应有工作日数</translation>
    </message>
    <message>
        <source>each rung stands once, the lowest first</source>
        <translation>每一级只能出现一次，从低到高排列</translation>
    </message>
    <message>
        <source>one of {0} is needed</source>
        <translation>至少需要 {0} 之一</translation>
    </message>
    <message>
        <source>a series says where the year and the number stand</source>
        <translation>字号应写明年份和序号的位置</translation>
    </message>
    <message>
        <source>between 0 (never) and {0}</source>
        <translation>应在 0（从不）至 {0} 之间</translation>
    </message>
    <message>
        <source>two of them have the code {0}</source>
        <translation>有两项代码同为 {0}</translation>
    </message>
    <message>
        <source>a list has lines, each with a code of its own</source>
        <translation>清单应有条目，且每条代码不同</translation>
    </message>
    <message>
        <source>there is no finding code {0}</source>
        <translation>没有检查问题代码 {0}</translation>
    </message>
    <message>
        <source>no rule for {0}, {1}, {2}</source>
        <translation>没有适用于 {0}、{1}、{2} 的规则</translation>
    </message>
    <message>
        <source>{where}: {what}</source>
        <translation>{where}：{what}</translation>
    </message>
</context>
<context>
    <name>RulesPage</name>
    <message>
        <source>City rules</source>
        <translation>规则管理</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>下一版</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Save as a file…</source>
        <translation>另存为文件…</translation>
    </message>
    <message>
        <source>Begin afresh</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>In force from</source>
        <translation>生效日期</translation>
    </message>
    <message>
        <source>Due times that were computed keep the version they have.</source>
        <translation>已算出的时限沿用原版本。</translation>
    </message>
    <message>
        <source>Take the country&apos;s calendar</source>
        <translation>采用国家公布的日历</translation>
    </message>
    <message>
        <source>Published versions</source>
        <translation>已发布版本</translation>
    </message>
    <message>
        <source>Working calendar</source>
        <translation>工作日历</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>变更内容</translation>
    </message>
    <message>
        <source>Choose a file with the next version</source>
        <translation>选择下一版规则文件</translation>
    </message>
    <message>
        <source>Save the next version as a file</source>
        <translation>将下一版保存为文件</translation>
    </message>
    <message>
        <source>Publish the next version</source>
        <translation>发布下一版</translation>
    </message>
    <message>
        <source>No rules yet</source>
        <translation>尚无规则</translation>
    </message>
    <message>
        <source>Version {n}, in force from {day}</source>
        <translation>第 {n} 版，自 {day} 起生效</translation>
    </message>
    <message>
        <source>Version {n}, in force since {day}, now</source>
        <translation>第 {n} 版，自 {day} 起生效，现行</translation>
    </message>
    <message>
        <source>The first version.</source>
        <translation>第一版。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing but the day.</source>
        <translation>除生效日期外没有变化。</translation>
    </message>
    <message>
        <source>Days off and make-up days are known up to {year}; later due times are provisional.</source>
        <translation>节假日和调休已公布至 {year} 年；此后的时限为暂定。</translation>
    </message>
    <message>
        <source>Publish version {n}</source>
        <translation>发布第 {n} 版</translation>
    </message>
    <message>
        <source>Something stands against it, see above.</source>
        <translation>存在问题，见上方说明。</translation>
    </message>
    <message>
        <source>It says what the version before says.</source>
        <translation>与上一版内容相同。</translation>
    </message>
    <message>
        <source>The file with the next version</source>
        <translation>下一版规则文件</translation>
    </message>
    <message>
        <source>Rules (*.json)</source>
        <translation>规则文件 (*.json)</translation>
    </message>
    <message>
        <source>The file is too large to hold rules.</source>
        <translation>文件过大，不是规则文件。</translation>
    </message>
    <message>
        <source>The file cannot be read as JSON; look near byte {where}.</source>
        <translation>文件不是有效的 JSON，请检查第 {where} 字节附近。</translation>
    </message>
    <message>
        <source>What stands at “{where}” is no value for that place.</source>
        <translation>“{where}”处的内容不符合要求。</translation>
    </message>
    <message>
        <source>Save the next version</source>
        <translation>保存下一版</translation>
    </message>
    <message>
        <source>Saved. What is changed in the file comes back by choosing it.</source>
        <translation>已保存。在文件中修改后，选择该文件即可带回。</translation>
    </message>
    <message>
        <source>Publish version {n}?</source>
        <translation>发布第 {n} 版？</translation>
    </message>
    <message>
        <source>It is in force from {day}, for every desk of the city, and is never changed again: what follows it is another version. That you published it is on record.</source>
        <translation>自 {day} 起对全市所有工作台生效，发布后不再更改，只能再发布新版本。发布人将记录在案。</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Version {n} is published, in force from {day}.</source>
        <translation>第 {n} 版已发布，自 {day} 起生效。</translation>
    </message>
    <message>
        <source>Only a rule administrator publishes rules.</source>
        <translation>只有规则管理员可以发布规则。</translation>
    </message>
    <message>
        <source>Another version was published meanwhile: begin afresh from it.</source>
        <translation>其间已发布了另一版规则，请以其为基础重新开始。</translation>
    </message>
    <message>
        <source>The server found something that stands against it.</source>
        <translation>服务器检查发现问题，未予发布。</translation>
    </message>
    <message>
        <source>Legal grounds that may be cited</source>
        <translation>可引用的检查依据</translation>
    </message>
</context>
<context>
    <name>SampleBanner</name>
    <message>
        <source>Yunzhou is made up; nothing here is about a real office.</source>
        <translation>云州市为虚构城市，所有内容与任何真实单位无关。</translation>
    </message>
    <message>
        <source>Change person</source>
        <translation>切换人员</translation>
    </message>
    <message>
        <source>Cut the network</source>
        <translation>断开网络</translation>
    </message>
    <message>
        <source>Move the clock</source>
        <translation>拨快时钟</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Restore the network</source>
        <translation>恢复网络</translation>
    </message>
    <message>
        <source>One hour on ({time})</source>
        <translation>一小时后（{time}）</translation>
    </message>
    <message>
        <source>This afternoon ({time})</source>
        <translation>今天下午（{time}）</translation>
    </message>
    <message>
        <source>This evening ({time})</source>
        <translation>今天晚间（{time}）</translation>
    </message>
    <message>
        <source>Next working day ({time})</source>
        <translation>下一工作日（{time}）</translation>
    </message>
    <message>
        <source>The working day after that ({time})</source>
        <translation>再下一工作日（{time}）</translation>
    </message>
    <message>
        <source>Show the guide</source>
        <translation>显示引导</translation>
    </message>
    <message>
        <source>Start the sample city over</source>
        <translation>重置示例城市</translation>
    </message>
    <message>
        <source>Connect to a real server…</source>
        <translation>连接正式服务器…</translation>
    </message>
    <message>
        <source>Sample city (made up)</source>
        <translation>示例城市（虚构）</translation>
    </message>
</context>
<context>
    <name>SampleMode</name>
    <message>
        <source>The sample city is being built…</source>
        <translation>正在建造示例城市…</translation>
    </message>
    <message>
        <source>Signing in {person}…</source>
        <translation>{person} 正在登录…</translation>
    </message>
    <message>
        <source>The sample city is being built: {done} of {total} cases</source>
        <translation>正在建造示例城市：{done} / {total} 件工单</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>{name} has not worked at this desktop yet. Restore the network first.</source>
        <translation>{name}尚未在本机登录过，请先恢复网络。</translation>
    </message>
    <message>
        <source>Nobody signs in to a sample city. Choose another person in the bar at the top.</source>
        <translation>示例城市无需登录。请在顶部的横条中选择另一位人员。</translation>
    </message>
</context>
<context>
    <name>Sampling</name>
    <message>
        <source>Standing</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Inspection</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>被检查单位</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>已检查</translation>
    </message>
    <message>
        <source>Last step</source>
        <translation>最近进展</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Drawn</source>
        <translation>抽中方式</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Number on issue</source>
        <translation>下达时编号</translation>
    </message>
    <message>
        <source>in any case</source>
        <translation>必查</translation>
    </message>
    <message>
        <source>by lot</source>
        <translation>随机抽中</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>检查中</translation>
    </message>
    <message>
        <source>{points} failed</source>
        <translation>{points} 不合格</translation>
    </message>
    <message>
        <source>It has no title yet; edit the plan first.</source>
        <translation>尚未填写名称，请先编辑方案。</translation>
    </message>
    <message>
        <source>It needs a mandate that is in force today; edit the plan first.</source>
        <translation>需要今日有效的检查依据，请先编辑方案。</translation>
    </message>
    <message>
        <source>Its purpose is not written yet.</source>
        <translation>尚未填写检查目的。</translation>
    </message>
    <message>
        <source>No unit is named yet.</source>
        <translation>尚未选择被检查单位。</translation>
    </message>
    <message>
        <source>The period ends before it begins.</source>
        <translation>结束日期早于开始日期。</translation>
    </message>
    <message>
        <source>No checklist is chosen yet.</source>
        <translation>尚未选择检查清单。</translation>
    </message>
    <message>
        <source>Nobody is left to inspect.</source>
        <translation>没有可参加的检查人员。</translation>
    </message>
    <message>
        <source>{number} “{title}” looks at the same matter already.</source>
        <translation>{number}“{title}”已在检查同一事项。</translation>
    </message>
    <message>
        <source>The server is still listing and hashing the population; the criteria come after it.</source>
        <translation>服务器正在列出并封存抽样框，完成后才能确定抽样规则。</translation>
    </message>
</context>
<context>
    <name>SamplingPage</name>
    <message>
        <source>Inspections and samples</source>
        <translation>检查与抽样</translation>
    </message>
    <message>
        <source>Inspections</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Plan an inspection</source>
        <translation>拟定检查方案</translation>
    </message>
    <message>
        <source>Edit the plan</source>
        <translation>编辑方案</translation>
    </message>
    <message>
        <source>Issue it</source>
        <translation>下达检查</translation>
    </message>
    <message>
        <source>Freeze the frame</source>
        <translation>封存抽样框</translation>
    </message>
    <message>
        <source>Fix the criteria</source>
        <translation>确定抽样标准</translation>
    </message>
    <message>
        <source>Draw the sample</source>
        <translation>抽取样本</translation>
    </message>
    <message>
        <source>Check a ticket</source>
        <translation>检查工单</translation>
    </message>
    <message>
        <source>Close it</source>
        <translation>结束检查</translation>
    </message>
    <message>
        <source>Draw the sample again</source>
        <translation>核验抽样</translation>
    </message>
    <message>
        <source>Save the protocol</source>
        <translation>保存抽样记录</translation>
    </message>
    <message>
        <source>Withdraw it</source>
        <translation>撤销检查</translation>
    </message>
    <message>
        <source>Next, previous inspection</source>
        <translation>下一次、上一次检查</translation>
    </message>
    <message>
        <source>List, sample</source>
        <translation>列表、样本</translation>
    </message>
    <message>
        <source>Plan one: its sample can be drawn again by whoever was inspected.</source>
        <translation>拟定一个方案：样本可由被检查单位重新抽取核验。</translation>
    </message>
    <message>
        <source>An inspection of your unit is shown here once its sample is drawn.</source>
        <translation>对本单位的检查在抽样后显示在这里。</translation>
    </message>
    <message>
        <source>No inspections yet</source>
        <translation>还没有检查</translation>
    </message>
    <message>
        <source>Save the plan</source>
        <translation>保存方案</translation>
    </message>
    <message>
        <source>The plan is kept; issue it when it stands.</source>
        <translation>方案已保存，定稿后下达。</translation>
    </message>
    <message>
        <source>Write a finding of a line that was not met</source>
        <translation>对不符合项登记问题</translation>
    </message>
</context>
<context>
    <name>SavedViews</name>
    <message>
        <source>Save this list as a view…</source>
        <translation>将当前列表存为视图…</translation>
    </message>
    <message>
        <source>Save the list into this view</source>
        <translation>用当前列表更新此视图</translation>
    </message>
    <message>
        <source>Name, shortcut, sharing…</source>
        <translation>名称、快捷键、共享…</translation>
    </message>
    <message>
        <source>Remove this view</source>
        <translation>移除此视图</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>By unit</source>
        <translation>按单位</translation>
    </message>
    <message>
        <source>By district</source>
        <translation>按区县</translation>
    </message>
    <message>
        <source>{view} · shared by {who}</source>
        <translation>{view} · {who}共享</translation>
    </message>
    <message>
        <source>View saved</source>
        <translation>视图已保存</translation>
    </message>
    <message>
        <source>View removed</source>
        <translation>视图已移除</translation>
    </message>
</context>
<context>
    <name>ScalarDecision</name>
    <message>
        <source>Yours: {value}</source>
        <translation>您的：{value}</translation>
    </message>
    <message>
        <source>{who}: {value}</source>
        <translation>{who}：{value}</translation>
    </message>
    <message>
        <source>Both together</source>
        <translation>两者合并</translation>
    </message>
    <message>
        <source>Another value</source>
        <translation>另填</translation>
    </message>
    <message>
        <source>Before: {value}</source>
        <translation>原值：{value}</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>SearchLine</name>
    <message>
        <source>Proposals</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Every word must be found.
“two words” as a phrase, -word to leave out
unit: type: light: due&lt; category: place: person:
order:title puts hits in the title first</source>
        <translation>每个词都必须找到。
“两个词”作为整体查找，-词 表示排除
单位: 类型: 灯: 时限&lt; 类别: 地点: 人员:
排序:标题 先列标题中的命中</translation>
    </message>
</context>
<context>
    <name>SearchWords</name>
    <message>
        <source>{n} found</source>
        <translation>找到 {n} 件</translation>
    </message>
    <message>
        <source>about {n}</source>
        <translation>约 {n} 件</translation>
    </message>
    <message>
        <source>The search index is being built: {n} %. Older tickets are looked through now…</source>
        <translation>搜索索引建立中：{n}%，正在逐件查找较早的工单…</translation>
    </message>
    <message>
        <source>What is on screen is checked; the number is being checked…</source>
        <translation>屏幕上的结果已核对，总数核对中…</translation>
    </message>
    <message>
        <source>No unit is called “{value}”.</source>
        <translation>没有名为“{value}”的单位。</translation>
    </message>
    <message>
        <source>There is no type “{value}”: try complaint or help.</source>
        <translation>没有诉求类型“{value}”：可用 投诉、求助。</translation>
    </message>
    <message>
        <source>There is no time limit state “{value}”: try overdue or due soon.</source>
        <translation>没有时限状态“{value}”：可用 逾期、临期。</translation>
    </message>
    <message>
        <source>No matter is called “{value}”.</source>
        <translation>没有名为“{value}”的事项。</translation>
    </message>
    <message>
        <source>No place is called “{value}”.</source>
        <translation>没有名为“{value}”的地点。</translation>
    </message>
    <message>
        <source>Nobody here is called “{value}”.</source>
        <translation>没有名为“{value}”的人员。</translation>
    </message>
    <message>
        <source>“{value}” is no date: try today, +3d or 2024-05-31. It was left out.</source>
        <translation>“{value}”不是日期：可用 今天、3天、2024-05-31。该条件未使用。</translation>
    </message>
    <message>
        <source>“{value}” is no order: try due or title. It was left out.</source>
        <translation>“{value}”不是排序方式：可用 时限、标题。该条件未使用。</translation>
    </message>
    <message>
        <source>Only the first 12 words of 100 letters are looked for.</source>
        <translation>只查找前 12 个词，每词最多 100 个字。</translation>
    </message>
</context>
<context>
    <name>SeedSheet</name>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>As agreed, from: {source}. It is drawn once and cannot be drawn again.</source>
        <translation>按约定来源：{source}。只能抽取一次，不能重抽。</translation>
    </message>
</context>
<context>
    <name>SendBackBox</name>
    <message>
        <source>To the unit, in the citizen&apos;s words</source>
        <translation>转承办单位（以诉求人原话为准）</translation>
    </message>
    <message>
        <source>Goes to the unit with the case. Telephone numbers are taken out of it.</source>
        <translation>随工单发给承办单位；其中的电话号码会被去除。</translation>
    </message>
    <message>
        <source>Send back for rework</source>
        <translation>发回重办</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>In the return visit the citizen said: “{words}”.</source>
        <translation>回访中诉求人表示：“{words}”。</translation>
    </message>
    <message>
        <source>The return visit found it not settled.</source>
        <translation>回访显示诉求尚未解决。</translation>
    </message>
    <message>
        <source>Write what the unit has to do again first.</source>
        <translation>请先写明需要承办单位重办什么。</translation>
    </message>
</context>
<context>
    <name>SentAnswer</name>
    <message>
        <source>Answer sent</source>
        <translation>答复已发出</translation>
    </message>
    <message>
        <source>Answer of the unit</source>
        <translation>承办单位答复</translation>
    </message>
    <message>
        <source>Draft answer of the unit, not sent yet</source>
        <translation>承办单位答复稿（尚未发出）</translation>
    </message>
    <message>
        <source>Answer sent {day}</source>
        <translation>答复已于 {day} 发出</translation>
    </message>
    <message>
        <source>In the words of the unit.</source>
        <translation>按承办单位答复稿原文发出。</translation>
    </message>
    <message>
        <source>Published {day}</source>
        <translation>已于 {day} 公开</translation>
    </message>
    <message>
        <source>Not published</source>
        <translation>未公开</translation>
    </message>
    <message>
        <source>Draft answer of the unit</source>
        <translation>承办单位答复稿</translation>
    </message>
</context>
<context>
    <name>SettlingPanel</name>
    <message>
        <source>What happened meanwhile</source>
        <translation>期间发生的事</translation>
    </message>
    <message>
        <source>No entry chosen</source>
        <translation>未选择记录</translation>
    </message>
    <message>
        <source>Choose one to see what can be done.</source>
        <translation>选择一条，查看可以怎么做。</translation>
    </message>
    <message>
        <source>recorded {time}</source>
        <translation>登记于 {time}</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>请您决定</translation>
    </message>
    <message>
        <source>Your words</source>
        <translation>您写的内容</translation>
    </message>
    <message>
        <source>It was changed once more just now: look at it again before you send.</source>
        <translation>内容刚刚又被更改：发送前请再看一遍。</translation>
    </message>
    <message>
        <source>After this goes out, by itself and in this order: {deeds}</source>
        <translation>此条之后将依次自动发送：{deeds}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>复制内容</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开工单</translation>
    </message>
    <message>
        <source>There is no connection: what you decide now is kept and goes out by itself.</source>
        <translation>目前没有连接：您现在的决定会保留，稍后自动发送。</translation>
    </message>
    <message>
        <source>still to decide: {fields}</source>
        <translation>尚待决定：{fields}</translation>
    </message>
    <message>
        <source>there is no text in it</source>
        <translation>没有内容</translation>
    </message>
    <message>
        <source>Kept as a draft at {time}</source>
        <translation>已于 {time} 存为草稿</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>SidesView</name>
    <message>
        <source>No case chosen</source>
        <translation>未选择工单</translation>
    </message>
    <message>
        <source>Choose one to see what stands against what.</source>
        <translation>选择一件，对照三方说法。</translation>
    </message>
    <message>
        <source>Draft a finding F01</source>
        <translation>起草问题 F01</translation>
    </message>
    <message>
        <source>Put aside</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开工单</translation>
    </message>
    <message>
        <source>The file says</source>
        <translation>办理记录</translation>
    </message>
    <message>
        <source>The citizen says</source>
        <translation>诉求人说</translation>
    </message>
    <message>
        <source>The evidence says</source>
        <translation>佐证显示</translation>
    </message>
    <message>
        <source>{unit} said done on {time}</source>
        <translation>{unit}于 {time} 办结</translation>
    </message>
    <message>
        <source>Received {time}</source>
        <translation>受理 {time}</translation>
    </message>
    <message>
        <source>first contact {time}</source>
        <translation>先行联系 {time}</translation>
    </message>
    <message>
        <source>due {time}</source>
        <translation>时限 {time}</translation>
    </message>
    <message>
        <source>Told the return visit on {time}</source>
        <translation>{time} 回访时告知</translation>
    </message>
    <message>
        <source>Visited by {name}</source>
        <translation>回访人 {name}</translation>
    </message>
    <message>
        <source>Asked for: {text}</source>
        <translation>诉求：{text}</translation>
    </message>
    <message>
        <source>Nothing else in the file speaks against it.</source>
        <translation>办理记录中没有其他疑点。</translation>
    </message>
    <message>
        <source>The citizen says: {sign}</source>
        <translation>诉求人表示：{sign}</translation>
    </message>
    <message>
        <source>These are signs and no verdict: a person decides.</source>
        <translation>以上是迹象，不是结论：由人判定。</translation>
    </message>
</context>
<context>
    <name>SignInAgain</name>
    <message>
        <source>No browser could be opened. Open this address yourself: {url}</source>
        <translation>未能打开浏览器。请自行打开这个地址：{url}</translation>
    </message>
    <message>
        <source>Go on in the browser; this desk goes on by itself afterwards.</source>
        <translation>请在浏览器中继续；登录后本页面自动恢复。</translation>
    </message>
    <message>
        <source>Cancel the sign-in</source>
        <translation>取消登录</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Address of the server</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <source>The address your office gave you</source>
        <translation>由本单位提供</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Passphrase, once more</source>
        <translation>再次输入口令</translation>
    </message>
    <message>
        <source>Sign in to your city&apos;s server</source>
        <translation>登录本市服务器</translation>
    </message>
    <message>
        <source>Sign in with the browser</source>
        <translation>用浏览器登录</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Your password is typed in the browser only; this program never sees it.</source>
        <translation>密码只在浏览器中输入，本程序不接触密码。</translation>
    </message>
    <message>
        <source>Try the sample city first</source>
        <translation>先试用示例城市</translation>
    </message>
    <message>
        <source>Go on in the browser</source>
        <translation>请在浏览器中继续</translation>
    </message>
    <message>
        <source>A page of your city&apos;s server has been opened. This window goes on by itself afterwards.</source>
        <translation>已在浏览器中打开本市服务器的登录页，登录后本窗口会自动继续。</translation>
    </message>
    <message>
        <source>Cancel the sign-in</source>
        <translation>取消登录</translation>
    </message>
    <message>
        <source>Choose a passphrase</source>
        <translation>设置口令</translation>
    </message>
    <message>
        <source>This machine has no keyring. The passphrase locks what is kept here; nobody can restore it for you.</source>
        <translation>本机没有密钥环。口令用于加密保存在本机的内容，遗忘后无人能够恢复。</translation>
    </message>
    <message>
        <source>Set the passphrase</source>
        <translation>确定口令</translation>
    </message>
    <message>
        <source>Enter your passphrase</source>
        <translation>输入口令</translation>
    </message>
    <message>
        <source>It opens what is kept on this machine.</source>
        <translation>用于打开保存在本机的工作内容。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>At least {count} characters.</source>
        <translation>至少 {count} 个字符。</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>No browser could be opened. Open this address yourself:</source>
        <translation>无法打开浏览器，请自行打开此地址：</translation>
    </message>
    <message>
        <source>The key to your work is gone</source>
        <translation>工作内容的密钥已丢失</translation>
    </message>
    <message>
        <source>There is work on this machine, but the system&apos;s keyring no longer holds its key. Ask your administrator before you go on: an empty store can be begun, the old one is set aside, and what was not sent from it can only be read again if the key comes back.</source>
        <translation>本机存有工作内容，但系统密钥环中已没有它的密钥。请先联系管理员：可以启用空白数据，原有数据会另行保留；其中未发送的内容只有找回密钥后才能再次读取。</translation>
    </message>
    <message>
        <source>Begin with an empty store</source>
        <translation>启用空白数据</translation>
    </message>
    <message>
        <source>Connection settings…</source>
        <translation>连接设置…</translation>
    </message>
    <message>
        <source>Use a passphrase instead</source>
        <translation>改用口令</translation>
    </message>
    <message>
        <source>Another server or person…</source>
        <translation>换一个服务器或人员…</translation>
    </message>
    <message>
        <source>Sign in with a password of this server</source>
        <translation>改用本服务器的账号密码登录</translation>
    </message>
</context>
<context>
    <name>SignOutPanel</name>
    <message>
        <source>Sign out with work that has not been sent?</source>
        <translation>还有内容没有发送，要退出登录吗？</translation>
    </message>
    <message>
        <source>Kept: it stays on this machine, encrypted, and can only be opened once you have signed in here again. Nobody receives it until then.</source>
        <translation>选择保留：内容加密留在本机，您在这里重新登录后才能打开；在此之前不会有人收到。</translation>
    </message>
    <message>
        <source>Send now, then sign out</source>
        <translation>先发送，再退出</translation>
    </message>
    <message>
        <source>Keep it locked and sign out</source>
        <translation>加密保留并退出</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) not sent yet</source>
        <translation>
            <numerusform>%n 条记录尚未发送</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) that need you: refused, or in conflict</source>
        <translation>
            <numerusform>%n 条记录需要您处理：被拒绝或有冲突</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) on their way</source>
        <translation>
            <numerusform>%n 个文件正在传输</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n half-written form(s)</source>
        <translation>
            <numerusform>%n 份写到一半的表单</numerusform>
        </translation>
    </message>
    <message>
        <source>The server cannot be reached now.</source>
        <translation>现在无法连接服务器。</translation>
    </message>
    <message>
        <source>What is left waits for you, not for the network.</source>
        <translation>剩下的内容等待您处理，与网络无关。</translation>
    </message>
    <message numerus="yes">
        <source>%n export(s), print(s) or copy(ies) to be written down</source>
        <translation>
            <numerusform>%n 次导出、打印或复制尚未登记</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Signs</name>
    <message>
        <source>Not contacted</source>
        <translation>未联系</translation>
    </message>
    <message>
        <source>Not resolved</source>
        <translation>未解决</translation>
    </message>
    <message>
        <source>Done after {took}; the median of its class is {usual}.</source>
        <translation>用时 {took}办结；同类事项的中位用时为 {usual}。</translation>
    </message>
    <message>
        <source>Done {left} before the time limit.</source>
        <translation>距时限 {left}时办结。</translation>
    </message>
    <message>
        <source>The unit said done of {n} cases within a few minutes.</source>
        <translation>该单位在几分钟内集中办结 {n} 件。</translation>
    </message>
    <message>
        <source>The same words stand in {n} other answers of {classes} classes, as in {numbers}.</source>
        <translation>同样的措辞还见于 {classes} 类事项的 {n} 件答复，如 {numbers}。</translation>
    </message>
    <message>
        <source>The file “{name}” lies in other cases too: {numbers}.</source>
        <translation>附件“{name}”也出现在其他工单中：{numbers}。</translation>
    </message>
    <message>
        <source>The same place and class came again {n} times soon after, as {numbers}.</source>
        <translation>办结后不久，同一地点同类事项又来了 {n} 件，如 {numbers}。</translation>
    </message>
    <message>
        <source>{count} of {of} answers looked at in this class ({share})</source>
        <translation>同类抽看的 {of} 件答复中有 {count} 件（{share}）</translation>
    </message>
    <message>
        <source>{count} of {of} completions of this class ({share})</source>
        <translation>同类办结 {of} 件中有 {count} 件（{share}）</translation>
    </message>
    <message>
        <source>All of this together: {count} of {of} completions of the unit ({share})</source>
        <translation>以上情形同时出现：本单位办结 {of} 件中有 {count} 件（{share}）</translation>
    </message>
    <message>
        <source>In the whole city: {count} of {of} ({share})</source>
        <translation>全市：{of} 件中有 {count} 件（{share}）</translation>
    </message>
    <message>
        <source>{count} of {of}</source>
        <translation>{of} 件中 {count} 件</translation>
    </message>
    <message>
        <source>{n} minutes</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n} hours</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Too fast</source>
        <translation>办结过快</translation>
    </message>
    <message>
        <source>Last minute</source>
        <translation>压线办结</translation>
    </message>
    <message>
        <source>In bulk</source>
        <translation>批量办结</translation>
    </message>
    <message>
        <source>Same answer</source>
        <translation>答复雷同</translation>
    </message>
    <message>
        <source>Same file</source>
        <translation>附件重复</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>同地再现</translation>
    </message>
    <message>
        <source>Done after {took} of working time; the median of its class is {usual}.</source>
        <translation>用时 {took}（工作时间）办结；同类事项的中位用时为 {usual}。</translation>
    </message>
</context>
<context>
    <name>SpeedSheet</name>
    <message>
        <source>How fast the program answers</source>
        <translation>程序响应速度</translation>
    </message>
    <message>
        <source>What took long since the desk was opened: questions to the store and commands above 50 ms, and moments above 100 ms in which the window did not answer. No word of a case is in it, and nothing is sent.</source>
        <translation>本次打开后耗时较长的情况：超过 50 毫秒的查询和操作，以及窗口超过 100 毫秒没有响应的时刻。其中没有任何工单内容，也不会发送到任何地方。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Lists are sorted and counted by the store.</source>
        <translation>列表由本机数据库排序和计数。</translation>
    </message>
    <message>
        <source>Lists are sorted and counted in memory: {count} cases, {size} MB.</source>
        <translation>列表在内存中排序和计数：{count} 件工单，{size} MB。</translation>
    </message>
    <message>
        <source>The window did not answer</source>
        <translation>窗口无响应</translation>
    </message>
    <message>
        <source>Never.</source>
        <translation>没有。</translation>
    </message>
    <message>
        <source>Slow questions and commands</source>
        <translation>较慢的查询和操作</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>没有。</translation>
    </message>
    <message>
        <source>(waited {ms} ms)</source>
        <translation>（等待 {ms} 毫秒）</translation>
    </message>
    <message>
        <source>question</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>command</source>
        <translation>操作</translation>
    </message>
</context>
<context>
    <name>StandingBox</name>
    <message>
        <source>Take over…</source>
        <translation>接手…</translation>
    </message>
    <message>
        <source>{name} asks for one call outside the rules: {reason}</source>
        <translation>{name} 申请一次规则外拨打：{reason}</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Refuse…</source>
        <translation>不同意…</translation>
    </message>
    <message>
        <source>{name} has agreed to one call outside the rules, until {time}.</source>
        <translation>{name} 已同意一次规则外拨打，至 {time} 有效。</translation>
    </message>
    <message>
        <source>{reason} {name} has refused an exception: {decision}</source>
        <translation>{reason}{name} 未同意例外：{decision}</translation>
    </message>
    <message>
        <source>Ask for an exception…</source>
        <translation>申请例外…</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>接手</translation>
    </message>
    <message>
        <source>Ask for an exception</source>
        <translation>申请例外</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>不同意</translation>
    </message>
    <message>
        <source>{name} has taken this person over from you: {reason}</source>
        <translation>{name} 已从您处接手这位诉求人：{reason}</translation>
    </message>
    <message>
        <source>Asked. A superior decides; the queue shows when the call may be made.</source>
        <translation>已申请，由负责人审批；获准后队列会显示。</translation>
    </message>
    <message>
        <source>Decided; the caller sees it in the queue.</source>
        <translation>已审批，回访员会在队列中看到。</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Keys and help</source>
        <translation>快捷键与帮助</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Says why, and what can be done</source>
        <translation>说明原因和可以采取的办法</translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) you</source>
        <translation>
            <numerusform>%n 件需要您处理</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) on their way</source>
        <translation>
            <numerusform>%n 个附件传送中</numerusform>
        </translation>
    </message>
    <message>
        <source>{files}, {part}</source>
        <translation>{files}，{part}</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>立即锁定</translation>
    </message>
    <message>
        <source>Sign out…</source>
        <translation>退出登录…</translation>
    </message>
    <message>
        <source>Search index {share} %</source>
        <translation>搜索索引 {share}%</translation>
    </message>
    <message>
        <source>No search index: a search takes longer</source>
        <translation>没有搜索索引：搜索会慢一些</translation>
    </message>
    <message>
        <source>Appearance…</source>
        <translation>外观…</translation>
    </message>
</context>
<context>
    <name>StepSheets</name>
    <message>
        <source>Fix the criteria</source>
        <translation>确定抽样标准</translation>
    </message>
    <message>
        <source>Draw the sample</source>
        <translation>抽取样本</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>抽取</translation>
    </message>
    <message>
        <source>Recuse an inspector</source>
        <translation>检查人员回避</translation>
    </message>
    <message>
        <source>Recuse</source>
        <translation>回避</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Which line is the finding about?</source>
        <translation>针对哪一项登记问题？</translation>
    </message>
    <message>
        <source>Write the finding</source>
        <translation>登记问题</translation>
    </message>
</context>
<context>
    <name>StorePage</name>
    <message>
        <source>The files lie here:</source>
        <translation>文件位置：</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Save what can be read and begin anew</source>
        <translation>保全可读内容并重新开始</translation>
    </message>
    <message>
        <source>Your work is being saved</source>
        <translation>正在保全工作内容</translation>
    </message>
    <message>
        <source>Please leave the computer on. Nothing is deleted, whatever happens.</source>
        <translation>请不要关闭电脑。无论发生什么，都不会删除任何内容。</translation>
    </message>
    <message>
        <source>Your work has been saved</source>
        <translation>工作内容已保全</translation>
    </message>
    <message>
        <source>Part of your work has been saved</source>
        <translation>已保全部分工作内容</translation>
    </message>
    <message>
        <source>The cases themselves are with the server and are fetched anew as soon as it can be reached.</source>
        <translation>工单本身在服务器上，连接恢复后会自动重新获取。</translation>
    </message>
    <message>
        <source>The damaged files were set aside, locked as before. Ask your administrator:</source>
        <translation>损坏的文件已移到下列位置，仍保持加密。如有需要请联系管理员：</translation>
    </message>
    <message>
        <source>Go on working</source>
        <translation>继续工作</translation>
    </message>
    <message>
        <source>Save a readable copy…</source>
        <translation>保存可读副本…</translation>
    </message>
    <message>
        <source>A readable copy is not locked: it holds citizens&apos; matters. Keep it where only you can read.</source>
        <translation>可读副本未加密，含有市民事项，请存放在只有您能读取的位置。</translation>
    </message>
    <message>
        <source>Save a readable copy</source>
        <translation>保存可读副本</translation>
    </message>
</context>
<context>
    <name>StoreSaving</name>
    <message>
        <source>Looking through your store…</source>
        <translation>正在检查本机数据…</translation>
    </message>
    <message>
        <source>urge</source>
        <translation>催办</translation>
    </message>
    <message>
        <source>supervision notice</source>
        <translation>督办单</translation>
    </message>
    <message>
        <source>return visit</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>call</source>
        <translation>通话记录</translation>
    </message>
    <message>
        <source>finding</source>
        <translation>检查问题</translation>
    </message>
    <message>
        <source>note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>attachment</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>No. {number}: {thing}</source>
        <translation>第 {number} 条：{thing}</translation>
    </message>
    <message>
        <source>application</source>
        <translation>申请</translation>
    </message>
    <message>
        <source>instruction</source>
        <translation>批示件</translation>
    </message>
    <message>
        <source>urgent report</source>
        <translation>要情专报</translation>
    </message>
    <message>
        <source>request for the contact log</source>
        <translation>联系记录索要</translation>
    </message>
</context>
<context>
    <name>StoreWords</name>
    <message>
        <source>Nothing has been changed.</source>
        <translation>未做任何更改。</translation>
    </message>
    <message>
        <source>The store could not be opened</source>
        <translation>无法打开本机数据</translation>
    </message>
    <message>
        <source>The system does not let this program open the file.</source>
        <translation>系统不允许本程序打开该文件。</translation>
    </message>
    <message>
        <source>What you wrote and what has not been sent yet can be saved as far as it is readable. The damaged files are kept; nothing is deleted.</source>
        <translation>您写下的内容和尚未发送的记录，凡可读取的都可以保全。损坏的文件会保留，不会删除任何内容。</translation>
    </message>
    <message>
        <source>The cases themselves are with the server and are fetched anew.</source>
        <translation>工单本身在服务器上，会重新获取。</translation>
    </message>
    <message>
        <source>Reading what you wrote, page by page…</source>
        <translation>正在逐页读取您写下的内容…</translation>
    </message>
    <message>
        <source>Making a new store with the same key…</source>
        <translation>正在用同一密钥建立新的本机数据…</translation>
    </message>
    <message>
        <source>Setting the damaged files aside…</source>
        <translation>正在移开损坏的文件…</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) waiting to be sent</source>
        <translation>
            <numerusform>%n 条待发送的记录</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) waiting for you to settle them</source>
        <translation>
            <numerusform>%n 条等待您处理的记录</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) the server has confirmed</source>
        <translation>
            <numerusform>%n 条服务器已确认的记录</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n half-written form(s)</source>
        <translation>
            <numerusform>%n 份未写完的表单</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n text(s) of yours kept aside</source>
        <translation>
            <numerusform>%n 段另行保存的您的文字</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) on their way</source>
        <translation>
            <numerusform>%n 个传送中的文件</numerusform>
        </translation>
    </message>
    <message>
        <source>There was nothing of yours in it that could be read.</source>
        <translation>其中没有可以读取的您的内容。</translation>
    </message>
    <message>
        <source>The log of the last changes was damaged. Please look whether your latest entries are in the outbox.</source>
        <translation>最近更改的日志已损坏，请在“待发送”中核对最近的记录是否齐全。</translation>
    </message>
    <message>
        <source>Whether more was in it cannot be told: please look whether your entries are in the outbox.</source>
        <translation>无法判断其中是否还有其他内容，请在“待发送”中核对您的记录是否齐全。</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) were found and make no sense any more.</source>
        <translation>
            <numerusform>找到 %n 条记录，但内容已无法辨认。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) must be added again.</source>
        <translation>
            <numerusform>%n 个文件需要重新添加。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) could not be read:</source>
        <translation>
            <numerusform>%n 条记录无法读取：</numerusform>
        </translation>
    </message>
    <message>
        <source>The store on this machine is damaged</source>
        <translation>本机数据已损坏</translation>
    </message>
    <message>
        <source>Part of the file that holds your work cannot be read any more; a failing disk or a power cut may be the cause.</source>
        <translation>保存您工作内容的文件有一部分已无法读取，可能由磁盘故障或断电引起。</translation>
    </message>
    <message>
        <source>The key does not open the store</source>
        <translation>密钥无法打开本机数据</translation>
    </message>
    <message>
        <source>The key in this machine&apos;s keyring is not the one this store was locked with. It may have been copied here from another machine.</source>
        <translation>本机密钥环中的密钥与这份数据的加密密钥不符，数据可能是从其他电脑复制过来的。</translation>
    </message>
    <message>
        <source>The store is newer than this program</source>
        <translation>本机数据的版本比程序新</translation>
    </message>
    <message>
        <source>A newer version of this program has worked with it. Start that version, or install it again: your work is in the store as it was.</source>
        <translation>较新版本的程序曾使用过这份数据。请启动或重新安装该版本，您的工作内容仍原样保存在其中。</translation>
    </message>
    <message>
        <source>The store could not be upgraded</source>
        <translation>本机数据升级失败</translation>
    </message>
    <message>
        <source>This version of the program has to rearrange the store, and that did not succeed. It is as it was before; the earlier version of the program opens it.</source>
        <translation>本版本需要调整本机数据的结构，但没有成功。数据仍与之前一样，可用旧版本程序打开。</translation>
    </message>
    <message>
        <source>The folder of your work is not there</source>
        <translation>找不到存放工作内容的文件夹</translation>
    </message>
    <message>
        <source>It may lie on a drive that is not connected, or it was moved.</source>
        <translation>它可能在未连接的磁盘上，或已被移走。</translation>
    </message>
    <message>
        <source>Something else lies in the place of the store</source>
        <translation>本机数据的位置被其他内容占用</translation>
    </message>
    <message>
        <source>Where the file of your work should be there is a folder of the same name. Move it away and try again.</source>
        <translation>应存放工作内容文件的位置上有一个同名文件夹。请将其移走后重试。</translation>
    </message>
    <message>
        <source>The store cannot be written to</source>
        <translation>本机数据无法写入</translation>
    </message>
    <message>
        <source>This account may only read the folder, or the disk is mounted for reading. Your administrator can change that.</source>
        <translation>当前账户对该文件夹只有读取权限，或磁盘以只读方式挂载，请联系管理员处理。</translation>
    </message>
    <message>
        <source>There is too little room on the disk</source>
        <translation>磁盘空间不足</translation>
    </message>
    <message>
        <source>The store cannot be opened safely without room to write. Make room and try again.</source>
        <translation>没有可写空间，无法安全打开本机数据。请腾出空间后重试。</translation>
    </message>
    <message>
        <source>The disk reports an error</source>
        <translation>磁盘报告错误</translation>
    </message>
    <message>
        <source>The store could not be read or written. If this comes again the disk may be failing: ask your administrator soon.</source>
        <translation>本机数据无法读写。如再次出现，磁盘可能有故障，请尽快联系管理员。</translation>
    </message>
</context>
<context>
    <name>SupervisionPage</name>
    <message>
        <source>Supervision</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>Number {number} copied</source>
        <translation>已复制编号 {number}</translation>
    </message>
    <message>
        <source>Urge</source>
        <translation>催办</translation>
    </message>
    <message>
        <source>Supervision notice</source>
        <translation>督办单</translation>
    </message>
    <message>
        <source>Register finding</source>
        <translation>登记问题</translation>
    </message>
    <message>
        <source>Add a note…</source>
        <translation>添加备注…</translation>
    </message>
    <message>
        <source>Print the case…</source>
        <translation>打印工单办理单…</translation>
    </message>
    <message>
        <source>Approve a notice</source>
        <translation>同意督办单</translation>
    </message>
    <message>
        <source>Return a notice for changes</source>
        <translation>督办单退回修改</translation>
    </message>
    <message>
        <source>Next, previous ticket</source>
        <translation>下一件、上一件</translation>
    </message>
    <message>
        <source>Into the case</source>
        <translation>进入工单</translation>
    </message>
    <message>
        <source>Print the case</source>
        <translation>打印工单办理单</translation>
    </message>
    <message>
        <source>Letters of the case</source>
        <translation>本件公文</translation>
    </message>
    <message>
        <source>Urge the unit, or the units of all cases chosen</source>
        <translation>催办承办单位；选中多件时批量催办</translation>
    </message>
    <message>
        <source>Assign the return visits of the cases chosen</source>
        <translation>分派所选工单的回访</translation>
    </message>
    <message>
        <source>Choose several cases</source>
        <translation>选择多件工单</translation>
    </message>
    <message>
        <source>Urge all chosen…</source>
        <translation>批量催办…</translation>
    </message>
    <message>
        <source>Assign their return visits…</source>
        <translation>分派回访…</translation>
    </message>
    <message>
        <source>Draft an urgent report</source>
        <translation>起草要情专报</translation>
    </message>
    <message>
        <source>Views and groups</source>
        <translation>视图与分组</translation>
    </message>
    <message>
        <source>Show a view</source>
        <translation>打开视图</translation>
    </message>
    <message>
        <source>Have the cases chosen looked after by an officer</source>
        <translation>指定所选工单的经办督办员</translation>
    </message>
    <message>
        <source>Have them looked after…</source>
        <translation>指定经办督办员…</translation>
    </message>
    <message>
        <source>Have it looked after…</source>
        <translation>指定经办督办员…</translation>
    </message>
    <message>
        <source>Search, groups, list, case</source>
        <translation>搜索、分组、列表、工单</translation>
    </message>
    <message>
        <source>What else can be done with the case</source>
        <translation>本件的其他操作</translation>
    </message>
    <message>
        <source>Columns and order</source>
        <translation>列和排序</translation>
    </message>
    <message>
        <source>Export or print the list</source>
        <translation>导出或打印列表</translation>
    </message>
</context>
<context>
    <name>TelephoneSheet</name>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>How citizens are called from this machine. The number is dialled and never shown; the password or token is kept in the system&apos;s keyring.</source>
        <translation>设置本机如何拨打回访电话。号码只用于拨号，不会显示；密码或令牌保存在系统密钥环中。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>Softphone (SIP)</source>
        <translation>软电话（SIP）</translation>
    </message>
    <message>
        <source>The city&apos;s dialler</source>
        <translation>本市外呼系统</translation>
    </message>
    <message>
        <source>Another program</source>
        <translation>其他电话程序</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Extension of this desk</source>
        <translation>本座席分机号</translation>
    </message>
    <message>
        <source>Password or token</source>
        <translation>密码或令牌</translation>
    </message>
    <message>
        <source>Leave it empty to keep the one that is known.</source>
        <translation>留空则沿用已保存的。</translation>
    </message>
    <message>
        <source>Dialled before each number</source>
        <translation>拨号前缀</translation>
    </message>
    <message>
        <source>Sound device</source>
        <translation>声音设备</translation>
    </message>
    <message>
        <source>As baresip names it; a headset is heard best.</source>
        <translation>按 baresip 的写法填写；建议使用耳麦。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Use this telephone</source>
        <translation>使用此电话</translation>
    </message>
    <message>
        <source>Nobody can be called from this machine.</source>
        <translation>本机不能拨打电话。</translation>
    </message>
    <message>
        <source>The program baresip rings; its microphone and loudspeaker are this computer&apos;s.</source>
        <translation>由 baresip 程序拨打，使用本机的话筒和扬声器。</translation>
    </message>
    <message>
        <source>The city&apos;s dialler rings the citizen and then the telephone of this desk.</source>
        <translation>由本市外呼系统呼叫群众，再接通本座席话机。</translation>
    </message>
    <message>
        <source>The telephone program of this system rings, and may show the number. How a call went, a person says. With an address the number is called as sip:, without one as tel:.</source>
        <translation>由系统的电话程序拨打，该程序可能显示号码；通话结果由回访员自己登记。填写地址时按 sip: 呼叫，不填时按 tel: 呼叫。</translation>
    </message>
    <message>
        <source>The line can be used.</source>
        <translation>线路可用。</translation>
    </message>
    <message>
        <source>No telephone is set up yet.</source>
        <translation>尚未设置电话。</translation>
    </message>
</context>
<context>
    <name>TextDecision</name>
    <message>
        <source>Before</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>{field}: what will be sent</source>
        <translation>{field}：将要发送的内容</translation>
    </message>
    <message>
        <source>Take yours</source>
        <translation>采用您的</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>采用对方的</translation>
    </message>
    <message>
        <source>Theirs, then yours</source>
        <translation>对方的在前、您的在后</translation>
    </message>
    <message>
        <source>Show what stood there before</source>
        <translation>查看原文</translation>
    </message>
    <message>
        <source>Hide what stood there before</source>
        <translation>收起原文</translation>
    </message>
</context>
<context>
    <name>TextField</name>
    <message>
        <source>{count} characters too long</source>
        <translation>超出 {count} 个字</translation>
    </message>
</context>
<context>
    <name>TicketBox</name>
    <message>
        <source>Earlier calls</source>
        <translation>此前拨打</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>诉求内容</translation>
    </message>
    <message>
        <source>Unit&apos;s answer</source>
        <translation>单位答复</translation>
    </message>
    <message>
        <source>The request is not shown to you.</source>
        <translation>诉求内容对您不可见。</translation>
    </message>
    <message>
        <source>The unit has not answered yet.</source>
        <translation>单位尚未答复。</translation>
    </message>
    <message>
        <source>Hide request and answer</source>
        <translation>收起诉求和答复</translation>
    </message>
    <message>
        <source>Show request and answer</source>
        <translation>展开诉求和答复</translation>
    </message>
    <message>
        <source>In plain words, for the citizen</source>
        <translation>向诉求人通俗说明</translation>
    </message>
    <message>
        <source>outside the rules, agreed to by {name}</source>
        <translation>规则外拨打，{name} 同意</translation>
    </message>
</context>
<context>
    <name>TicketColumns</name>
    <message>
        <source>Escalated</source>
        <translation>重点工单</translation>
    </message>
    <message>
        <source>Visit disagrees</source>
        <translation>回访不符</translation>
    </message>
    <message>
        <source>Rework {n}</source>
        <translation>重办 {n} 次</translation>
    </message>
    <message>
        <source>Promise not kept</source>
        <translation>承诺逾期</translation>
    </message>
    <message>
        <source>Urged {n}×</source>
        <translation>已催办 {n} 次</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
    <message>
        <source>Time limit state</source>
        <translation>时限状态</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>工单编号</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>诉求事项</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>承办单位</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>办理时限</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>诉求类型</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>District</source>
        <translation>区县</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>事项类别</translation>
    </message>
    <message>
        <source>State</source>
        <translation>办理状态</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>受理时间</translation>
    </message>
    <message>
        <source>Promised for</source>
        <translation>承诺时限</translation>
    </message>
    <message>
        <source>Urges</source>
        <translation>催办</translation>
    </message>
    <message>
        <source>Reworks</source>
        <translation>重办</translation>
    </message>
    <message>
        <source>Requester</source>
        <translation>诉求人</translation>
    </message>
    <message>
        <source>Looked after by</source>
        <translation>经办人</translation>
    </message>
</context>
<context>
    <name>TicketPane</name>
    <message>
        <source>Tickets</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Number, matter, text</source>
        <translation>编号、事项、诉求内容</translation>
    </message>
    <message>
        <source>List menu</source>
        <translation>清单菜单</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>This ticket is not on this desktop: it may lie outside your scope.</source>
        <translation>本机没有此工单，可能不在您的权限范围内。</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有匹配的工单</translation>
    </message>
    <message>
        <source>No ticket in this queue fits the filter.</source>
        <translation>此队列中没有符合筛选条件的工单。</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>这里没有内容</translation>
    </message>
    <message>
        <source>My units</source>
        <translation>分管单位</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>已选 %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Views and groups</source>
        <translation>视图与分组</translation>
    </message>
</context>
<context>
    <name>TicketPicker</name>
    <message>
        <source>The last digits of its number, at least three.</source>
        <translation>输入工单编号的末几位，至少三位。</translation>
    </message>
    <message>
        <source>No ticket on this desktop ends with these digits.</source>
        <translation>本机没有以这些数字结尾的工单。</translation>
    </message>
</context>
<context>
    <name>TicketsView</name>
    <message>
        <source>No ticket chosen</source>
        <translation>未选择工单</translation>
    </message>
    <message>
        <source>Choose one in the list to see its clocks and its history.</source>
        <translation>在列表中选择一件，查看时限和办理历程。</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Print the case…</source>
        <translation>打印工单…</translation>
    </message>
    <message>
        <source>Copy the number</source>
        <translation>复制编号</translation>
    </message>
    <message>
        <source>Number {number} copied</source>
        <translation>已复制编号 {number}</translation>
    </message>
    <message>
        <source>Apply…</source>
        <translation>申请延期或退单…</translation>
    </message>
</context>
<context>
    <name>TidingsDesk</name>
    <message numerus="yes">
        <source>%n promised call(s) within ten minutes</source>
        <translation>
            <numerusform>%n 个约定回访将在十分钟内到点</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>TidingsSheet</name>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>While the window is behind others, one notice says how many cases were escalated, are due within the hour, or were answered to you. It names numbers of cases and nobody.</source>
        <translation>窗口在后台时，用一条通知告知有多少件新提级、一小时内到期、对您的督办作了答复。只含工单编号和件数，不含任何人的信息。</translation>
    </message>
    <message>
        <source>Tell me</source>
        <translation>通知我</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>免打扰开始</translation>
    </message>
    <message>
        <source>Quiet until</source>
        <translation>免打扰结束</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Tell me so</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>waiting to be sent</source>
        <translation>待发送</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Supervision Desk</source>
        <translation>督办工作台</translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) newly escalated</source>
        <translation>
            <numerusform>%n 件新提级</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) to your supervision</source>
        <translation>
            <numerusform>%n 件对您的督办已答复</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) due within the hour</source>
        <translation>
            <numerusform>%n 件一小时内到期</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n promised call(s) within ten minutes</source>
        <translation>
            <numerusform>%n 个约定回访将在十分钟内到点</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Undisputed</name>
    <message>
        <source>{field}: {value} — both of you</source>
        <translation>{field}：{value}（双方一致）</translation>
    </message>
    <message>
        <source>{field}: {value} — changed by {who}; you left it</source>
        <translation>{field}：{value}（{who}更改，您未改动）</translation>
    </message>
    <message>
        <source>{field}: {value} — only you changed it</source>
        <translation>{field}：{value}（仅您更改）</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
</context>
<context>
    <name>UnitPane</name>
    <message>
        <source>Show its cases</source>
        <translation>查看其工单</translation>
    </message>
    <message>
        <source>Leader in charge</source>
        <translation>分管领导</translation>
    </message>
    <message>
        <source>Leader&apos;s number</source>
        <translation>分管领导电话</translation>
    </message>
    <message>
        <source>Liaison</source>
        <translation>联络员</translation>
    </message>
    <message>
        <source>Liaison&apos;s number</source>
        <translation>联络员电话</translation>
    </message>
    <message>
        <source>Office number</source>
        <translation>办公电话</translation>
    </message>
    <message>
        <source>On-duty number</source>
        <translation>值班电话</translation>
    </message>
    <message>
        <source>Substitutes</source>
        <translation>备用联络人</translation>
    </message>
    <message>
        <source>One a line: name, number</source>
        <translation>每行一人：姓名 电话</translation>
    </message>
    <message>
        <source>Looked after by</source>
        <translation>分管督办员</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message numerus="yes">
        <source>%n open case(s)</source>
        <translation>
            <numerusform>%n 件未办结</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n 件逾期</numerusform>
        </translation>
    </message>
    <message>
        <source>Save, send later</source>
        <translation>保存，稍后发送</translation>
    </message>
    <message>
        <source>{unit}: saved</source>
        <translation>{unit}：已保存</translation>
    </message>
</context>
<context>
    <name>UnitWords</name>
    <message>
        <source>Liaison</source>
        <translation>联络员</translation>
    </message>
    <message>
        <source>On duty</source>
        <translation>值班</translation>
    </message>
    <message>
        <source>Office</source>
        <translation>办公室</translation>
    </message>
    <message>
        <source>In charge</source>
        <translation>分管领导</translation>
    </message>
    <message>
        <source>Not urged yet</source>
        <translation>尚未催办过</translation>
    </message>
    <message>
        <source>Last urged {time} by {who}</source>
        <translation>上次催办：{time} {who}</translation>
    </message>
    <message>
        <source>Last urged {time} by {who}, reached {person}</source>
        <translation>上次催办：{time} {who}，联系到{person}</translation>
    </message>
</context>
<context>
    <name>UnitsPage</name>
    <message>
        <source>Unit directory</source>
        <translation>单位通讯录</translation>
    </message>
    <message>
        <source>Unit, person, pinyin initials  Ctrl+F</source>
        <translation>单位、人名、拼音首字母  Ctrl+F</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Liaison</source>
        <translation>联络员</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未办结</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>逾期</translation>
    </message>
    <message>
        <source>Last urged</source>
        <translation>上次催办</translation>
    </message>
    <message>
        <source>Find a unit</source>
        <translation>查找单位</translation>
    </message>
    <message>
        <source>Search, units, one unit</source>
        <translation>搜索、单位列表、单位详情</translation>
    </message>
    <message>
        <source>Save what is written</source>
        <translation>保存所写内容</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>没有符合条件的内容</translation>
    </message>
    <message>
        <source>No unit and nobody in one is called like that.</source>
        <translation>没有这样的单位，也没有这样的联系人。</translation>
    </message>
    <message>
        <source>Liaison tel.</source>
        <translation>联络员电话</translation>
    </message>
    <message>
        <source>Duty tel.</source>
        <translation>值班电话</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>分管督办员</translation>
    </message>
</context>
<context>
    <name>UpwardPage</name>
    <message>
        <source>Instructions and reports</source>
        <translation>批示件与要情专报</translation>
    </message>
    <message>
        <source>Register an instruction</source>
        <translation>登记批示件</translation>
    </message>
    <message>
        <source>Report back, register, submit</source>
        <translation>登记反馈、登记、提交</translation>
    </message>
    <message>
        <source>Approve the report</source>
        <translation>同意专报</translation>
    </message>
    <message>
        <source>Return the report</source>
        <translation>退回专报</translation>
    </message>
    <message>
        <source>Record the report as sent</source>
        <translation>登记专报已报送</translation>
    </message>
    <message>
        <source>Next, previous line</source>
        <translation>下一行、上一行</translation>
    </message>
    <message>
        <source>List, card</source>
        <translation>列表、详情</translation>
    </message>
    <message>
        <source>Save the report as a document</source>
        <translation>把专报存为文档</translation>
    </message>
    <message>
        <source>Withdraw it: first the reason, then F4 again</source>
        <translation>撤回：先写理由，再按 F4</translation>
    </message>
    <message>
        <source>Keep the report as a draft</source>
        <translation>专报存为草稿</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>打开工单</translation>
    </message>
</context>
<context>
    <name>UpwardQueues</name>
    <message>
        <source>Returns to review</source>
        <translation>退单审核</translation>
    </message>
    <message>
        <source>No unit waits for an extension.</source>
        <translation>没有待审核的延期申请。</translation>
    </message>
    <message>
        <source>No unit waits to be rid of a case.</source>
        <translation>没有待审核的退单申请。</translation>
    </message>
    <message>
        <source>Urgent reports</source>
        <translation>要情专报</translation>
    </message>
    <message>
        <source>Reported back</source>
        <translation>已反馈</translation>
    </message>
    <message>
        <source>Reports sent</source>
        <translation>已报送专报</translation>
    </message>
    <message>
        <source>No leader waits for anything.</source>
        <translation>没有待办的批示件。</translation>
    </message>
    <message>
        <source>No urgent report is in hand.</source>
        <translation>没有在办的要情专报。</translation>
    </message>
    <message>
        <source>No feedback was given yet.</source>
        <translation>还没有批示反馈。</translation>
    </message>
    <message>
        <source>No urgent report was sent yet.</source>
        <translation>还没有报送过要情专报。</translation>
    </message>
    <message>
        <source>Extensions</source>
        <translation>延期审核</translation>
    </message>
    <message>
        <source>From leaders</source>
        <translation>批示件</translation>
    </message>
</context>
<context>
    <name>UpwardRows</name>
    <message>
        <source>Time limit state</source>
        <translation>时限状态</translation>
    </message>
    <message>
        <source>What is written</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Lead unit</source>
        <translation>主办单位</translation>
    </message>
    <message>
        <source>Where it stands</source>
        <translation>进展</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>无时限</translation>
    </message>
    <message>
        <source>By whom</source>
        <translation>领导或起草人</translation>
    </message>
</context>
<context>
    <name>UpwardWords</name>
    <message>
        <source>Extension</source>
        <translation>延期</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>退单</translation>
    </message>
    <message>
        <source>To be reviewed</source>
        <translation>待审核</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>不同意</translation>
    </message>
    <message>
        <source>Came too late</source>
        <translation>逾期提出，未受理</translation>
    </message>
    <message>
        <source>To be carried out</source>
        <translation>办理中</translation>
    </message>
    <message>
        <source>Reported back</source>
        <translation>已反馈</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Waiting for approval</source>
        <translation>待审批</translation>
    </message>
    <message>
        <source>Returned for changes</source>
        <translation>退回修改</translation>
    </message>
    <message>
        <source>Approved, to be sent</source>
        <translation>已批准，待报送</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已报送</translation>
    </message>
</context>
<context>
    <name>UrgePanel</name>
    <message>
        <source>Urge the unit</source>
        <translation>催办</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>承办单位</translation>
    </message>
    <message>
        <source>Means</source>
        <translation>催办方式</translation>
    </message>
    <message>
        <source>Text of the message</source>
        <translation>短信或函件内容</translation>
    </message>
    <message>
        <source>Person reached</source>
        <translation>接听人</translation>
    </message>
    <message>
        <source>What was answered</source>
        <translation>答复内容</translation>
    </message>
    <message>
        <source>Promised for</source>
        <translation>承诺时限</translation>
    </message>
    <message>
        <source>Record urge</source>
        <translation>记录催办</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>复制短信内容</translation>
    </message>
    <message>
        <source>As the unit said it; it is shown to colleagues and to the unit.</source>
        <translation>按单位原话记录，同事和承办单位可见。</translation>
    </message>
    <message>
        <source>Last reached: {person}</source>
        <translation>上次接听人：{person}</translation>
    </message>
    <message>
        <source>Record, send later</source>
        <translation>记录，稍后发送</translation>
    </message>
    <message>
        <source>Urge {number} recorded; text copied, not sent: paste it into the message gateway</source>
        <translation>已记录催办 {number}；短信内容已复制、未发出，请到短信平台发送</translation>
    </message>
    <message>
        <source>Urge {number} recorded, {sending}</source>
        <translation>已记录催办 {number}，{sending}</translation>
    </message>
    <message>
        <source>Already urged today at {time} by {who}: {answer}</source>
        <translation>今天 {time} {who} 已催办：{answer}</translation>
    </message>
    <message>
        <source>no answer noted</source>
        <translation>未记录答复</translation>
    </message>
    <message>
        <source>The promised time has passed</source>
        <translation>承诺时限不能早于现在</translation>
    </message>
</context>
<context>
    <name>VerifySheet</name>
    <message>
        <source>Verified by</source>
        <translation>核实依据</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>核实情况</translation>
    </message>
    <message>
        <source>The unit reads it.</source>
        <translation>单位可见。</translation>
    </message>
</context>
<context>
    <name>ViewSheet</name>
    <message>
        <source>New view</source>
        <translation>新建视图</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Save view</source>
        <translation>保存视图</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Place in the menu</source>
        <translation>菜单中的次序</translation>
    </message>
    <message>
        <source>Share with the office</source>
        <translation>与全科室共享</translation>
    </message>
</context>
<context>
    <name>VisitQueues</name>
    <message>
        <source>Assigned to me</source>
        <translation>指派给我</translation>
    </message>
    <message>
        <source>Booked</source>
        <translation>预约</translation>
    </message>
    <message>
        <source>Near the deadline</source>
        <translation>将超期</translation>
    </message>
    <message>
        <source>To be overturned?</source>
        <translation>待审推翻申请</translation>
    </message>
    <message>
        <source>Contact logs asked for</source>
        <translation>索要联系记录</translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation>联系不上</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Other channels</source>
        <translation>其他渠道</translation>
    </message>
    <message>
        <source>Nobody asks for a return visit to be overturned.</source>
        <translation>没有申请推翻的回访结果。</translation>
    </message>
    <message>
        <source>No unit is asked for its contact log.</source>
        <translation>没有向单位索要的联系记录。</translation>
    </message>
    <message>
        <source>Everybody called in the last month was reached.</source>
        <translation>近一月拨打的诉求人均已联系上。</translation>
    </message>
    <message>
        <source>No return visit was completed in the last month.</source>
        <translation>近一月没有完成的回访。</translation>
    </message>
    <message>
        <source>No result of another channel in the last month.</source>
        <translation>近一月没有其他渠道的回访结果。</translation>
    </message>
    <message>
        <source>Exceptions asked for</source>
        <translation>例外待审批</translation>
    </message>
    <message>
        <source>Nobody asks for a call outside the rules.</source>
        <translation>没有人申请规则之外的拨打。</translation>
    </message>
</context>
<context>
    <name>VisitReasons</name>
    <message>
        <source>First record how the call with {person} went.</source>
        <translation>请先记录与{person}的通话结果。</translation>
    </message>
    <message>
        <source>One moment, the server is being asked.</source>
        <translation>请稍候，正在询问服务器。</translation>
    </message>
    <message>
        <source>Take this person again first.</source>
        <translation>请先重新领取这位诉求人。</translation>
    </message>
    <message>
        <source>First record how this call went.</source>
        <translation>请先记录本次通话结果。</translation>
    </message>
    <message>
        <source>{reason} Possible from {time}.</source>
        <translation>{reason}{time} 后可拨。</translation>
    </message>
    <message>
        <source>This matter has been recorded.</source>
        <translation>此件已记录。</translation>
    </message>
    <message>
        <source>Take this person first (Enter), so that no colleague calls at the same time.</source>
        <translation>请先领取（Enter），以免同事同时拨打。</translation>
    </message>
    <message>
        <source>Without a connection only visits that you have taken, or that are assigned to you by name, can be recorded.</source>
        <translation>无网络时，只能记录已领取的或指派给您本人的回访。</translation>
    </message>
    <message>
        <source>Assigned to {name}.</source>
        <translation>已指派给{name}。</translation>
    </message>
    <message>
        <source>The rules permit this call without an exception.</source>
        <translation>按规则现在即可拨打，无需例外。</translation>
    </message>
    <message>
        <source>The rule against it: at least {n} hours between two calls; the last one was {time}, {outcome}.</source>
        <translation>受限规则：两次拨打至少间隔 {n} 小时；上一次为{time}，{outcome}。</translation>
    </message>
    <message>
        <source>The rule against it: at most {n} calls in vain, and {made} were made.</source>
        <translation>受限规则：未接通的拨打最多 {n} 次，已拨打 {made} 次。</translation>
    </message>
    <message>
        <source>The rule against it: {n} calls on at least {days} days, so the next is for another day.</source>
        <translation>受限规则：{n} 次拨打须分在至少 {days} 天，下一次须换一天。</translation>
    </message>
    <message>
        <source>The rule against it: {n} calls in at least {bands} parts of the day, so the next is for another one.</source>
        <translation>受限规则：{n} 次拨打须分在至少 {bands} 个时段，下一次须换一个时段。</translation>
    </message>
    <message>
        <source>The rule against it: {rule}</source>
        <translation>受限规则：{rule}</translation>
    </message>
</context>
<context>
    <name>VisitView</name>
    <message>
        <source>Opening words</source>
        <translation>开场白</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>What was entered before is still here.</source>
        <translation>此前录入的内容都在。</translation>
    </message>
    <message>
        <source>Kept {time}</source>
        <translation>已存 {time}</translation>
    </message>
    <message>
        <source>Not kept: {reason}</source>
        <translation>未能保存：{reason}</translation>
    </message>
</context>
<context>
    <name>VisitWords</name>
    <message>
        <source>morning</source>
        <translation>上午</translation>
    </message>
    <message>
        <source>afternoon</source>
        <translation>下午</translation>
    </message>
    <message>
        <source>evening</source>
        <translation>晚间</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Booked {time}</source>
        <translation>预约 {time}</translation>
    </message>
    <message>
        <source>Due {time}</source>
        <translation>将超期 {time}</translation>
    </message>
    <message>
        <source>Oldest, since {day}</source>
        <translation>最早，{day} 起</translation>
    </message>
    <message>
        <source>All attempts used</source>
        <translation>拨打次数已用完</translation>
    </message>
    <message>
        <source>Resting</source>
        <translation>休息中</translation>
    </message>
    <message>
        <source>Resting, from {time}</source>
        <translation>休息中，{time} 后可拨</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>接通</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>无人接听</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>占线</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>关机</translation>
    </message>
    <message>
        <source>Call later</source>
        <translation>约定再拨</translation>
    </message>
    <message>
        <source>Wrong number</source>
        <translation>号码有误</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>拒绝回访</translation>
    </message>
    <message>
        <source>Line fault</source>
        <translation>线路故障</translation>
    </message>
    <message>
        <source>Unit reported completion on {day}</source>
        <translation>单位 {day} 办结</translation>
    </message>
    <message>
        <source>Unit has not reported completion</source>
        <translation>单位尚未办结</translation>
    </message>
    <message>
        <source>first call</source>
        <translation>首次拨打</translation>
    </message>
    <message>
        <source>call no. {n}</source>
        <translation>第 {n} 次拨打</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>previous one {day} {time}: {outcome}</source>
        <translation>前一次 {day} {time}{outcome}</translation>
    </message>
    <message>
        <source>Elderly</source>
        <translation>老年人</translation>
    </message>
    <message>
        <source>Speak slowly, please.</source>
        <translation>请放慢</translation>
    </message>
    <message>
        <source>Hard of hearing</source>
        <translation>听力障碍</translation>
    </message>
    <message>
        <source>Speak clearly, and repeat what matters.</source>
        <translation>请说清楚，重要内容重复一遍。</translation>
    </message>
    <message>
        <source>Speaks dialect</source>
        <translation>讲方言</translation>
    </message>
    <message>
        <source>Ask whether you were understood.</source>
        <translation>请确认对方听懂。</translation>
    </message>
    <message>
        <source>Spoke of harming themselves</source>
        <translation>曾表示轻生</translation>
    </message>
    <message>
        <source>Stay on the line and tell the officer on duty at once.</source>
        <translation>请保持通话，并立即告知值班人员。</translation>
    </message>
    <message>
        <source>A time the citizen names must lie between {start} and {end}.</source>
        <translation>诉求人指定的时间须在 {start} 至 {end} 之间。</translation>
    </message>
    <message>
        <source>Citizens may be called at {hours} only.</source>
        <translation>只能在 {hours} 拨打。</translation>
    </message>
    <message>
        <source>{day} {band} {start}–{end}</source>
        <translation>{day} {band} {start}–{end}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>{day} {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <source>Overdue, {time}</source>
        <translation>已超期（{time}）</translation>
    </message>
    <message>
        <source>Untried: {band}</source>
        <translation>{band}未拨打</translation>
    </message>
    <message>
        <source>{unit} is still handling this matter.</source>
        <translation>您反映的事项由{unit}正在办理。</translation>
    </message>
    <message>
        <source>{unit} told us on {day} that this matter has been handled; its answer stands above.</source>
        <translation>{unit}已于{day}答复办结，答复内容见上。</translation>
    </message>
    <message>
        <source>{time}, because the call in vain was in the {band}</source>
        <translation>{time}（上一次未接通在{band}）</translation>
    </message>
    <message>
        <source>{time}, because the calls in vain were in the {bands}</source>
        <translation>{time}（几次未接通都在{bands}）</translation>
    </message>
    <message>
        <source> and </source>
        <translation>和</translation>
    </message>
    <message>
        <source>{name} has taken this person along since {since}, to call without a network until {until}.</source>
        <translation>{name} 于 {since} 带走了这位诉求人，离线回访至 {until}。</translation>
    </message>
    <message>
        <source>{name} is on the telephone with this person since {since}.</source>
        <translation>{name}正在通话（{since} 起）。</translation>
    </message>
    <message>
        <source>{name} has this person in hand since {since}.</source>
        <translation>{name}正在回访（{since} 起）。</translation>
    </message>
    <message>
        <source>Exception agreed</source>
        <translation>例外已获准</translation>
    </message>
    <message>
        <source>{name} · to {time}</source>
        <translation>{name} · 至 {time}</translation>
    </message>
    <message>
        <source>{name} · {time}</source>
        <translation>{name} · {time} 起</translation>
    </message>
    <message>
        <source>More time granted {day}: {words}</source>
        <translation>{day} 同意延期：{words}</translation>
    </message>
    <message>
        <source>More time refused {day}: {words}</source>
        <translation>{day} 不同意延期：{words}</translation>
    </message>
    <message>
        <source>Given to another unit {day}: {words}</source>
        <translation>{day} 同意退单，改由其他单位办理：{words}</translation>
    </message>
    <message>
        <source>Left with its unit {day}: {words}</source>
        <translation>{day} 不同意退单，仍由原单位办理：{words}</translation>
    </message>
</context>
<context>
    <name>WhyDue</name>
    <message>
        <source>Time limit</source>
        <translation>时限计算</translation>
    </message>
    <message>
        <source>Copy to read out</source>
        <translation>复制说明</translation>
    </message>
    <message>
        <source>Days of the time limit</source>
        <translation>时限计算逐日</translation>
    </message>
    <message>
        <source>Working days of an extension</source>
        <translation>延期的工作日数</translation>
    </message>
    <message>
        <source>If extended by</source>
        <translation>如延期</translation>
    </message>
    <message>
        <source>working days:</source>
        <translation>个工作日：</translation>
    </message>
    <message>
        <source>{rule}, due {time}</source>
        <translation>{rule}，{time} 到期</translation>
    </message>
    <message>
        <source>extended from {old} to {new}</source>
        <translation>延期由 {old} 改为 {new}</translation>
    </message>
    <message>
        <source>{what} by {who}</source>
        <translation>{what}，{who}批准</translation>
    </message>
</context>
<context>
    <name>WhyPanel</name>
    <message>
        <source>Sign in again</source>
        <translation>重新登录</translation>
    </message>
    <message>
        <source>Open the network&apos;s page</source>
        <translation>打开网络登录页</translation>
    </message>
    <message>
        <source>Show the outbox</source>
        <translation>查看待发送</translation>
    </message>
    <message>
        <source>Connection settings…</source>
        <translation>连接设置…</translation>
    </message>
    <message>
        <source>Copy the details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即尝试</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>开始于</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求编号</translation>
    </message>
    <message>
        <source>HTTP status</source>
        <translation>HTTP 状态</translation>
    </message>
    <message>
        <source>Last sync</source>
        <translation>上次同步</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟差</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) waiting to be sent.</source>
        <translation>
            <numerusform>%n 条记录待发送。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) need you.</source>
        <translation>
            <numerusform>%n 条记录需要您处理。</numerusform>
        </translation>
    </message>
    <message>
        <source>Hide the details</source>
        <translation>收起详情</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>No browser could be opened. Open one yourself and call up any page.</source>
        <translation>未能打开浏览器。请自行打开浏览器，访问任意网页。</translation>
    </message>
</context>
<context>
    <name>WipedPage</name>
    <message>
        <source>This desk has been wiped</source>
        <translation>本工作台已被清除</translation>
    </message>
    <message>
        <source>Your office has withdrawn this device. The key was destroyed first, then the files; nothing of a case can be read on this machine any more.</source>
        <translation>单位已收回本设备。先销毁了密钥，再删除了文件；本机上已无法读取任何工单内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) and drafts had not been sent. They were sealed for the city: only your office can open this file. Hand it to your administrator.</source>
        <translation>
            <numerusform>有 %n 条记录和草稿没有发送，已为本市封存：只有单位能打开这个文件。请交给管理员。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) and drafts had not been sent. Your city has named no recovery key, so they are gone.</source>
        <translation>
            <numerusform>有 %n 条记录和草稿没有发送。本市没有设置恢复密钥，这些内容已无法恢复。</numerusform>
        </translation>
    </message>
    <message>
        <source>This file could not be deleted; without its key nobody can read it:</source>
        <translation>这个文件未能删除；没有密钥，谁也无法读取：</translation>
    </message>
    <message>
        <source>If this is a mistake, ask your office; it can let the device in again.</source>
        <translation>如有差错，请联系单位，由单位重新允许本设备登录。</translation>
    </message>
    <message>
        <source>To the sign-in</source>
        <translation>前往登录</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>It could not be done (reason: %1).</source>
        <translation>未能完成（原因：%1）。</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>未登录</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Sign-in expired</source>
        <translation>登录已过期</translation>
    </message>
    <message>
        <source>Server under maintenance</source>
        <translation>服务器维护中</translation>
    </message>
    <message>
        <source>Update needed</source>
        <translation>需要更新</translation>
    </message>
    <message>
        <source>Network wants a sign-in</source>
        <translation>网络需要认证</translation>
    </message>
    <message>
        <source>You are signed out. Sign in to do this.</source>
        <translation>您尚未登录，登录后方可操作。</translation>
    </message>
    <message>
        <source>This needs the server, and there is no connection at the moment.</source>
        <translation>此操作需要服务器，目前没有连接。</translation>
    </message>
    <message>
        <source>This needs the server; the connection is being made.</source>
        <translation>此操作需要服务器，正在建立连接。</translation>
    </message>
    <message>
        <source>Your sign-in has expired. Sign in again to do this.</source>
        <translation>登录已过期，重新登录后方可操作。</translation>
    </message>
    <message>
        <source>This needs the server, which is under maintenance.</source>
        <translation>此操作需要服务器，服务器正在维护。</translation>
    </message>
    <message>
        <source>The server asks for a newer version of this program.</source>
        <translation>服务器要求使用新版本程序。</translation>
    </message>
    <message>
        <source>The network asks for a sign-in of its own before it lets us through.</source>
        <translation>所在网络要求先完成它自己的认证。</translation>
    </message>
    <message>
        <source>It has already been acknowledged.</source>
        <translation>此前已确认收到。</translation>
    </message>
    <message>
        <source>This matter is already under supervision.</source>
        <translation>此事项已在督办中。</translation>
    </message>
    <message>
        <source>A value does not fit its field.</source>
        <translation>有一项内容不符合要求。</translation>
    </message>
    <message>
        <source>The record is not complete or not well formed.</source>
        <translation>记录不完整或格式不正确。</translation>
    </message>
    <message>
        <source>It exists already.</source>
        <translation>已经存在。</translation>
    </message>
    <message>
        <source>This field cannot be changed any more.</source>
        <translation>此项已不能修改。</translation>
    </message>
    <message>
        <source>Something required is still missing.</source>
        <translation>还有必填项未填。</translation>
    </message>
    <message>
        <source>It is no longer here: it was removed or moved out of your scope.</source>
        <translation>已不在这里：已移除或已移出您的范围。</translation>
    </message>
    <message>
        <source>Nobody approves their own act.</source>
        <translation>不得审批本人提交的事项。</translation>
    </message>
    <message>
        <source>It is no longer in your scope.</source>
        <translation>已不在您的范围内。</translation>
    </message>
    <message>
        <source>Your role does not permit this.</source>
        <translation>您的角色无此权限。</translation>
    </message>
    <message>
        <source>Its state has changed meanwhile; this step is no longer possible.</source>
        <translation>其状态已变化，此步骤不再可行。</translation>
    </message>
    <message>
        <source>Someone else has changed the same field meanwhile.</source>
        <translation>其间他人修改了同一项。</translation>
    </message>
    <message>
        <source>Someone else has changed it meanwhile.</source>
        <translation>其间已被他人修改。</translation>
    </message>
    <message>
        <source>The server does not know this kind of work.</source>
        <translation>服务器不支持此类操作。</translation>
    </message>
    <message>
        <source>The server has another record under the same number.</source>
        <translation>服务器上同一编号已有另一条记录。</translation>
    </message>
    <message>
        <source>It waits for an earlier entry of the same case.</source>
        <translation>等待同一工单的前一条记录。</translation>
    </message>
    <message>
        <source>It has been sent already.</source>
        <translation>已经发送。</translation>
    </message>
    <message>
        <source>Outside the hours in which citizens may be called.</source>
        <translation>不在允许拨打的时段内。</translation>
    </message>
    <message>
        <source>No calls on public holidays.</source>
        <translation>法定节假日不拨打。</translation>
    </message>
    <message>
        <source>Too soon after the last attempt.</source>
        <translation>距上次拨打时间太近。</translation>
    </message>
    <message>
        <source>All permitted attempts have been used.</source>
        <translation>允许的拨打次数已用完。</translation>
    </message>
    <message>
        <source>The next attempt must be at another time of day.</source>
        <translation>下次拨打须换一个时段。</translation>
    </message>
    <message>
        <source>The next attempt must be on another day.</source>
        <translation>下次拨打须换一天。</translation>
    </message>
    <message>
        <source>This return visit is closed.</source>
        <translation>此回访已结束。</translation>
    </message>
    <message>
        <source>The time lies in the past.</source>
        <translation>所选时间已过。</translation>
    </message>
    <message>
        <source>A colleague is calling this person at the moment.</source>
        <translation>同事正在回访此人。</translation>
    </message>
    <message>
        <source>The visit was held too long without a call. Take it again.</source>
        <translation>持有时间过长仍未拨打，请重新领取。</translation>
    </message>
    <message>
        <source>This person was spoken to within the last day.</source>
        <translation>一天之内已与此人通话。</translation>
    </message>
    <message>
        <source>The line is in use.</source>
        <translation>线路正在使用。</translation>
    </message>
    <message>
        <source>You have looked up as many contacts as one hour permits.</source>
        <translation>您本小时查看联系方式的次数已达上限。</translation>
    </message>
    <message>
        <source>Only cleared colleagues may see the identity behind a report.</source>
        <translation>举报人身份仅限获授权人员查看。</translation>
    </message>
    <message>
        <source>The server cannot be reached.</source>
        <translation>无法连接服务器。</translation>
    </message>
    <message>
        <source>You have cut the network of the sample city.</source>
        <translation>您已断开示例城市的网络。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted.</source>
        <translation>服务器证书不受信任。</translation>
    </message>
    <message>
        <source>The answer is not that of a supervision server.</source>
        <translation>返回的不是督办服务器的内容。</translation>
    </message>
    <message>
        <source>The answer is larger than permitted.</source>
        <translation>返回内容超过允许的大小。</translation>
    </message>
    <message>
        <source>The server is under maintenance.</source>
        <translation>服务器正在维护。</translation>
    </message>
    <message>
        <source>The server reports a fault of its own.</source>
        <translation>服务器内部出错。</translation>
    </message>
    <message>
        <source>Too many requests in a short time. It goes on by itself.</source>
        <translation>短时间内请求过多，将自动继续。</translation>
    </message>
    <message>
        <source>Your sign-in has expired. Sign in again.</source>
        <translation>登录已过期，请重新登录。</translation>
    </message>
    <message>
        <source>The server did not accept the sign-in.</source>
        <translation>服务器未接受登录。</translation>
    </message>
    <message>
        <source>The sign-in was cancelled.</source>
        <translation>已取消登录。</translation>
    </message>
    <message>
        <source>The sign-in in the browser was not completed in time.</source>
        <translation>未在规定时间内完成浏览器登录。</translation>
    </message>
    <message>
        <source>You are signed out.</source>
        <translation>您尚未登录。</translation>
    </message>
    <message>
        <source>This device has been locked by the office.</source>
        <translation>本设备已被单位锁定。</translation>
    </message>
    <message>
        <source>This is not an address of a server.</source>
        <translation>这不是服务器地址。</translation>
    </message>
    <message>
        <source>The sample clock only moves forward.</source>
        <translation>示例时钟只能向前拨。</translation>
    </message>
    <message>
        <source>The disk is full. Nothing was lost; make room and try again.</source>
        <translation>磁盘已满，内容没有丢失；请腾出空间后重试。</translation>
    </message>
    <message>
        <source>The disk reports an error.</source>
        <translation>磁盘报告错误。</translation>
    </message>
    <message>
        <source>The store is busy. Try again in a moment.</source>
        <translation>本机数据正忙，请稍后再试。</translation>
    </message>
    <message>
        <source>The store&apos;s folder cannot be written to.</source>
        <translation>本机数据文件夹无法写入。</translation>
    </message>
    <message>
        <source>The store cannot be read with this key.</source>
        <translation>此密钥无法打开本机数据。</translation>
    </message>
    <message>
        <source>The store was written by a newer version of this program.</source>
        <translation>本机数据由更新版本的程序写入。</translation>
    </message>
    <message>
        <source>The system&apos;s keyring is locked. Unlock it and try again.</source>
        <translation>系统密钥环已锁定，请解锁后重试。</translation>
    </message>
    <message>
        <source>The passphrase does not fit.</source>
        <translation>口令不正确。</translation>
    </message>
    <message>
        <source>The program is closing.</source>
        <translation>程序正在退出。</translation>
    </message>
    <message>
        <source>Something unexpected happened ({kind}). It has been written to the log.</source>
        <translation>发生意外错误（{kind}），已记入日志。</translation>
    </message>
    <message>
        <source>It is no longer waiting to be settled.</source>
        <translation>已不在待处理之列。</translation>
    </message>
    <message>
        <source>The cases have to be fetched anew; that happens by itself.</source>
        <translation>需要重新获取工单，将自动进行。</translation>
    </message>
    <message>
        <source>The answer was cut off on its way.</source>
        <translation>返回内容在途中中断。</translation>
    </message>
    <message>
        <source>This sign-in belongs to another device.</source>
        <translation>此登录属于另一台设备。</translation>
    </message>
    <message>
        <source>This is not a time the clock can be moved to.</source>
        <translation>时钟不能拨到此时间。</translation>
    </message>
    <message>
        <source>The sample city could not be started. Its log says why.</source>
        <translation>示例城市未能启动，原因见其日志。</translation>
    </message>
    <message>
        <source>The store could not be upgraded; it is as it was before.</source>
        <translation>本机数据未能升级，仍保持原样。</translation>
    </message>
    <message>
        <source>The system&apos;s keyring does not answer.</source>
        <translation>系统密钥环没有响应。</translation>
    </message>
    <message>
        <source>The system&apos;s keyring reports an error.</source>
        <translation>系统密钥环报告错误。</translation>
    </message>
    <message>
        <source>The keyring that holds the key to your work is not there.</source>
        <translation>找不到保存密钥的密钥环。</translation>
    </message>
    <message>
        <source>The key to the store on this machine is no longer in the keyring.</source>
        <translation>本机数据的密钥已不在密钥环中。</translation>
    </message>
    <message>
        <source>This visit is assigned to another colleague.</source>
        <translation>这件回访已指派给其他同事。</translation>
    </message>
    <message>
        <source>There is no telephone number for this person.</source>
        <translation>没有这位诉求人的电话号码。</translation>
    </message>
    <message>
        <source>The rules do not permit a call to this person now.</source>
        <translation>按规则现在不能拨打这位诉求人。</translation>
    </message>
    <message>
        <source>The rules do not permit a booking at this time.</source>
        <translation>按规则不能预约在此时间。</translation>
    </message>
    <message>
        <source>Only cleared colleagues handle the visits of reports.</source>
        <translation>举报件的回访只能由有权限的同事办理。</translation>
    </message>
    <message>
        <source>The time lies in the future.</source>
        <translation>时间在未来。</translation>
    </message>
    <message>
        <source>This draft is a colleague&apos;s.</source>
        <translation>这份草稿属于同事。</translation>
    </message>
    <message>
        <source>This concerns another unit.</source>
        <translation>此事属于其他单位。</translation>
    </message>
    <message>
        <source>This unit does not handle the ticket.</source>
        <translation>该单位不承办此工单。</translation>
    </message>
    <message>
        <source>The complaint is about this unit itself; it cannot be addressed.</source>
        <translation>诉求针对该单位本身，不能以其为对象。</translation>
    </message>
    <message>
        <source>The server does not know this code.</source>
        <translation>服务器不认识此代码。</translation>
    </message>
    <message>
        <source>The server does not know this person.</source>
        <translation>服务器不认识此人员。</translation>
    </message>
    <message>
        <source>The attachment belongs to another record already.</source>
        <translation>该附件已属于另一条记录。</translation>
    </message>
    <message>
        <source>Nobody is waiting to be called now.</source>
        <translation>目前无人等待回访。</translation>
    </message>
    <message>
        <source>The number is shown for the call in hand only.</source>
        <translation>号码仅在本次通话中可见。</translation>
    </message>
    <message>
        <source>Only the office may set the waiting time aside.</source>
        <translation>只有督办科室可以免除间隔时间。</translation>
    </message>
    <message>
        <source>A second cleared colleague has to agree to this.</source>
        <translation>须另一位获授权的同事同意。</translation>
    </message>
    <message>
        <source>This store belongs to somebody else, and what they have not sent is in it.</source>
        <translation>本机数据属于他人，其中有尚未发送的内容。</translation>
    </message>
    <message>
        <source>The server has not said yet who works here.</source>
        <translation>服务器尚未告知当前人员身份。</translation>
    </message>
    <message>
        <source>It was put off for something more urgent.</source>
        <translation>已为更紧急的事项让路，稍后继续。</translation>
    </message>
    <message>
        <source>This computer has no network connection.</source>
        <translation>这台电脑没有接入网络。</translation>
    </message>
    <message>
        <source>The network does not know the server&apos;s name.</source>
        <translation>网络中查不到服务器的名称。</translation>
    </message>
    <message>
        <source>Nothing answers at the server&apos;s address.</source>
        <translation>服务器地址上没有程序应答。</translation>
    </message>
    <message>
        <source>The server does not take the connection.</source>
        <translation>服务器没有接受连接。</translation>
    </message>
    <message>
        <source>The server has not answered in time.</source>
        <translation>服务器没有及时应答。</translation>
    </message>
    <message>
        <source>The connection broke off.</source>
        <translation>连接中断。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is made out to another name.</source>
        <translation>服务器证书上的名称与地址不符。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not valid at this time.</source>
        <translation>服务器证书当前不在有效期内。</translation>
    </message>
    <message>
        <source>No secure connection could be agreed on.</source>
        <translation>未能与服务器建立安全连接。</translation>
    </message>
    <message>
        <source>The proxy on the way to the server does not let us through.</source>
        <translation>通往服务器的代理不予放行。</translation>
    </message>
    <message>
        <source>The proxy on the way to the server asks for a sign-in.</source>
        <translation>通往服务器的代理要求先登录。</translation>
    </message>
    <message>
        <source>The server is busy and asks us to wait.</source>
        <translation>服务器繁忙，请稍候。</translation>
    </message>
    <message>
        <source>The office has withdrawn this device.</source>
        <translation>本设备已被收回使用权限。</translation>
    </message>
    <message>
        <source>Too many files are on their way at the same time.</source>
        <translation>同时上传的文件过多。</translation>
    </message>
    <message>
        <source>The disk is almost full. Make room before you go on; your text stays here.</source>
        <translation>磁盘空间即将用尽。请先腾出空间，您的文字会保留在此。</translation>
    </message>
    <message>
        <source>Part of the store on this machine cannot be read.</source>
        <translation>本机数据有一部分无法读取。</translation>
    </message>
    <message>
        <source>The store&apos;s folder is not there.</source>
        <translation>找不到本机数据所在的文件夹。</translation>
    </message>
    <message>
        <source>Something else lies in the place of the store.</source>
        <translation>本机数据的位置被其他内容占用。</translation>
    </message>
    <message>
        <source>The system does not let this program open the store.</source>
        <translation>系统不允许本程序打开本机数据。</translation>
    </message>
    <message>
        <source>The server no longer has the file; it is sent again.</source>
        <translation>服务器上已没有该文件，将重新上传。</translation>
    </message>
    <message>
        <source>It is settled already; something newer has taken its place.</source>
        <translation>此条已处理，并已被更新的内容取代。</translation>
    </message>
    <message>
        <source>Files of this kind are not taken.</source>
        <translation>不接受此类文件。</translation>
    </message>
    <message>
        <source>The file is not what its name says.</source>
        <translation>文件内容与扩展名不符。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件是空的。</translation>
    </message>
    <message>
        <source>The file is larger than 200 MB.</source>
        <translation>文件超过 200 MB。</translation>
    </message>
    <message>
        <source>The picture has more pixels than can be shown safely.</source>
        <translation>图片像素过大，无法安全显示。</translation>
    </message>
    <message>
        <source>The picture is damaged and cannot be shown.</source>
        <translation>图片已损坏，无法显示。</translation>
    </message>
    <message>
        <source>The file cannot be read. Is it still there?</source>
        <translation>无法读取文件。文件是否还在？</translation>
    </message>
    <message>
        <source>The file cannot be written there.</source>
        <translation>无法写入该位置。</translation>
    </message>
    <message>
        <source>The file was changed while it was being read. Add it again.</source>
        <translation>读取期间文件被修改，请重新添加。</translation>
    </message>
    <message>
        <source>The file&apos;s content is no longer on this computer. Add it again.</source>
        <translation>本机已没有该文件的内容，请重新添加。</translation>
    </message>
    <message>
        <source>The file was damaged on its way, twice. Something between changes it.</source>
        <translation>文件两次在传输中损坏，途中有设备改动了内容。</translation>
    </message>
    <message>
        <source>The server holds another file in its place.</source>
        <translation>服务器上的文件与记录不一致。</translation>
    </message>
    <message>
        <source>What the file belongs to is not there any more.</source>
        <translation>附件所属的记录已不存在。</translation>
    </message>
    <message>
        <source>This is not an address of a proxy.</source>
        <translation>这不是代理的地址。</translation>
    </message>
    <message>
        <source>No certificate could be read from this file.</source>
        <translation>这个文件里读不到证书。</translation>
    </message>
    <message>
        <source>The server&apos;s key is not one of those that your office has named.</source>
        <translation>服务器的密钥不是单位登记的密钥。</translation>
    </message>
    <message>
        <source>This address is not protected on its way. Use one that begins with https://.</source>
        <translation>此地址在传输途中不受保护。请使用以 https:// 开头的地址。</translation>
    </message>
    <message>
        <source>The answer of the sign-in service does not fit the question asked.</source>
        <translation>登录服务的答复与本次请求不符。</translation>
    </message>
    <message>
        <source>The sign-in service knows you, but this server has no account for you. Ask your administrator for one.</source>
        <translation>登录服务认识您，但本服务器没有您的账号。请联系管理员开通。</translation>
    </message>
    <message>
        <source>The sign-in service did not accept the sign-in.</source>
        <translation>登录服务没有接受本次登录。</translation>
    </message>
    <message>
        <source>The sign-in service of your office cannot be reached.</source>
        <translation>无法连接单位的登录服务。</translation>
    </message>
    <message>
        <source>A pin has the form sha256/… with 44 signs behind the stroke.</source>
        <translation>指纹的格式为 sha256/…，斜线后有 44 个字符。</translation>
    </message>
    <message>
        <source>One pin alone locks everybody out on the day the server&apos;s key changes. Name a second.</source>
        <translation>只有一个指纹，服务器更换密钥那天所有人都会连不上。请再登记一个备用指纹。</translation>
    </message>
    <message>
        <source>The settings that your administrator has laid down cannot be read, so no connection is made. Tell them.</source>
        <translation>管理员下发的设置无法读取，因此不连接。请告知管理员。</translation>
    </message>
    <message>
        <source>The system&apos;s keyring was not unlocked.</source>
        <translation>系统密钥环未解锁。</translation>
    </message>
    <message>
        <source>The system&apos;s keyring has ended.</source>
        <translation>系统密钥环已经退出。</translation>
    </message>
    <message>
        <source>Something else than the key lies in the system&apos;s keyring.</source>
        <translation>系统密钥环中存放的不是密钥。</translation>
    </message>
    <message>
        <source>The password does not fit.</source>
        <translation>密码不正确。</translation>
    </message>
    <message>
        <source>This computer cannot check a password of yours. Sign in with the browser instead.</source>
        <translation>这台电脑无法验证您的密码，请改用浏览器登录。</translation>
    </message>
    <message>
        <source>Nobody agrees to their own request.</source>
        <translation>不能同意自己的申请。</translation>
    </message>
    <message>
        <source>A second person decides on a machine of their own.</source>
        <translation>第二人须在自己的电脑上决定。</translation>
    </message>
    <message>
        <source>The request has lapsed. Ask again.</source>
        <translation>申请已失效，请重新申请。</translation>
    </message>
    <message>
        <source>A colleague has decided already.</source>
        <translation>已有同事作出决定。</translation>
    </message>
    <message>
        <source>A colleague has declined this request.</source>
        <translation>已有同事不同意此申请。</translation>
    </message>
    <message>
        <source>The request was withdrawn.</source>
        <translation>申请已撤回。</translation>
    </message>
    <message>
        <source>It was shown once already. Ask again.</source>
        <translation>已查看过一次，请重新申请。</translation>
    </message>
    <message>
        <source>Nobody has agreed to it yet.</source>
        <translation>尚无人同意。</translation>
    </message>
    <message>
        <source>Whoever agreed is no longer cleared for this case. Ask again.</source>
        <translation>同意的同事已无权处理此件，请重新申请。</translation>
    </message>
    <message>
        <source>This case is no report.</source>
        <translation>此件不是举报件。</translation>
    </message>
    <message>
        <source>Only confidential cases know recusals.</source>
        <translation>只有保密件才有回避。</translation>
    </message>
    <message>
        <source>The server does not know this unit.</source>
        <translation>服务器没有这个单位。</translation>
    </message>
    <message>
        <source>The server does not know this guidance, or not for this unit.</source>
        <translation>服务器没有这份工作提示，或者不是发给本单位的。</translation>
    </message>
    <message>
        <source>By the city&apos;s rules this step of supervision is not for your role.</source>
        <translation>按本市规则，您的角色不能办理这一级督办。</translation>
    </message>
    <message>
        <source>An earlier application on this case still waits for its decision.</source>
        <translation>该工单此前的申请尚待审核。</translation>
    </message>
    <message>
        <source>The case is not in this unit&apos;s hands at the moment.</source>
        <translation>该工单目前不在本单位办理中。</translation>
    </message>
    <message>
        <source>The case has no time limit that could be extended.</source>
        <translation>该工单没有可以延长的办理时限。</translation>
    </message>
    <message>
        <source>Nobody decides what their own unit asked for.</source>
        <translation>不得审核本单位提出的申请。</translation>
    </message>
    <message>
        <source>The rule allows no more extensions of this case.</source>
        <translation>按规则该工单不能再次延期。</translation>
    </message>
    <message>
        <source>The rule allows no extension of so many days.</source>
        <translation>规则不允许延期这么多天。</translation>
    </message>
    <message>
        <source>No telephone line is set up on this machine. Ctrl+K, “Telephone”.</source>
        <translation>本机尚未设置电话线路。按 Ctrl+K，选择“电话设置”。</translation>
    </message>
    <message>
        <source>The telephone is being got ready.</source>
        <translation>电话正在准备。</translation>
    </message>
    <message>
        <source>The telephone program has ended. It is begun again by itself.</source>
        <translation>电话程序已退出，正在自动重新启动。</translation>
    </message>
    <message>
        <source>The program baresip is not installed on this machine.</source>
        <translation>本机没有安装 baresip 程序。</translation>
    </message>
    <message>
        <source>The telephone&apos;s address, extension or password is missing or has signs in it that cannot be used.</source>
        <translation>电话的地址、分机号或密码缺失，或含有不能使用的字符。</translation>
    </message>
    <message>
        <source>The telephone server does not know this extension, or cannot be reached.</source>
        <translation>电话服务器不认识本分机，或无法连接。</translation>
    </message>
    <message>
        <source>This system has no program for telephone calls.</source>
        <translation>本系统没有可用的电话程序。</translation>
    </message>
    <message>
        <source>This system&apos;s telephone program would show the number in the list of processes. An administrator may allow that.</source>
        <translation>本系统的电话程序会在进程列表中暴露号码；如需使用，须由管理员允许。</translation>
    </message>
    <message>
        <source>What is on file is not a telephone number that can be dialled.</source>
        <translation>登记的内容不是可拨打的电话号码。</translation>
    </message>
    <message>
        <source>The city&apos;s dialler answered something that cannot be understood.</source>
        <translation>本市外呼系统的应答无法识别。</translation>
    </message>
    <message>
        <source>A supervisor has taken this person over.</source>
        <translation>负责人已接手这位诉求人。</translation>
    </message>
    <message>
        <source>A colleague has taken this person along to call without a network.</source>
        <translation>同事已将这位诉求人带走离线回访。</translation>
    </message>
    <message>
        <source>A colleague is on the telephone with this person.</source>
        <translation>同事正在与这位诉求人通话。</translation>
    </message>
    <message>
        <source>The city&apos;s rules let fewer visits be taken along.</source>
        <translation>超过本市规则允许带走的回访件数。</translation>
    </message>
    <message>
        <source>The city&apos;s rules let visits be taken along for a shorter time.</source>
        <translation>超过本市规则允许带走的时长。</translation>
    </message>
    <message>
        <source>A colleague looks after this case; a superior may say otherwise.</source>
        <translation>此件已由同事经办，需由上级改派。</translation>
    </message>
    <message>
        <source>They look after it already.</source>
        <translation>已由其经办。</translation>
    </message>
    <message>
        <source>This return visit is over: nothing more is asked about it.</source>
        <translation>这次回访已结束，不再索要联系记录。</translation>
    </message>
    <message>
        <source>A return visit of this case waits already.</source>
        <translation>该工单已有待回访。</translation>
    </message>
    <message>
        <source>This return visit is not valid: there is nothing to overturn.</source>
        <translation>这次回访不是有效回访，无需推翻。</translation>
    </message>
    <message>
        <source>This return visit is made by another channel, not by telephone.</source>
        <translation>这次回访由其他渠道进行，不通过电话。</translation>
    </message>
    <message>
        <source>The server keeps no rules to begin from.</source>
        <translation>服务器上还没有可以接续的规则版本。</translation>
    </message>
    <message>
        <source>The case was sent back after this visit already.</source>
        <translation>此次回访之后工单已发回重办。</translation>
    </message>
    <message>
        <source>The answers of this visit propose no rework.</source>
        <translation>此次回访的答复不建议重办。</translation>
    </message>
</context>
<context>
    <name>WorkloadView</name>
    <message>
        <source>Callers</source>
        <translation>回访员</translation>
    </message>
    <message>
        <source>Visits of the caller</source>
        <translation>该回访员的回访</translation>
    </message>
    <message>
        <source>Give to</source>
        <translation>分派给</translation>
    </message>
    <message>
        <source>Give</source>
        <translation>分派</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>Balance…</source>
        <translation>均衡…</translation>
    </message>
    <message>
        <source>Tick all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Workload</source>
        <translation>分工</translation>
    </message>
    <message>
        <source>Back to the queue</source>
        <translation>返回队列</translation>
    </message>
    <message>
        <source>Other days</source>
        <translation>其他日期</translation>
    </message>
    <message>
        <source>Booked</source>
        <translation>预约</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>将超期</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>回访员</translation>
    </message>
    <message>
        <source>Requester</source>
        <translation>诉求人</translation>
    </message>
    <message>
        <source>Why here</source>
        <translation>排序原因</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Nobody yet</source>
        <translation>尚未分派</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>没有内容</translation>
    </message>
    <message>
        <source>This caller has no visit.</source>
        <translation>这位回访员名下没有回访。</translation>
    </message>
    <message>
        <source>{former} → {new}</source>
        <translation>{former} → {new}</translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) given out</source>
        <translation>
            <numerusform>已分派 %n 件回访</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Proposed: %n visit(s) change hands</source>
        <translation>
            <numerusform>方案：%n 件回访换人</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s)</source>
        <translation>
            <numerusform>%n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Tick the visits first, with the space bar.</source>
        <translation>请先用空格键勾选回访。</translation>
    </message>
    <message>
        <source>Choose who calls first.</source>
        <translation>请先选择回访员。</translation>
    </message>
    <message>
        <source>Confirm the proposal</source>
        <translation>确认方案</translation>
    </message>
    <message>
        <source>It is nobody&apos;s.</source>
        <translation>尚未分派给任何人。</translation>
    </message>
    <message>
        <source>It is even already: nobody has two people more than another who could take them.</source>
        <translation>已经均衡：没有人比能接手的同事多出两位诉求人。</translation>
    </message>
    <message numerus="yes">
        <source>%n given out, not sent yet</source>
        <translation>
            <numerusform>已分派 %n 件，尚未发送</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Counted</name>
    <message numerus="yes">
        <source>%n working day(s)</source>
        <translation>
            <numerusform>%n 个工作日</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them</source>
        <translation>
            <numerusform>%n 项</numerusform>
        </translation>
    </message>
</context>
</TS>
